import { z } from 'zod';
import {
  brokerSettings,
  integerSetting,
  outboxSettings,
  secretSetting,
  subgraphSettings,
} from '../../platform/settings.ts';
import { checkOAuthSettings, oauthSettings } from './identities/settings.ts';
import { parseAddress } from './mail/address.ts';
import { passkeySettings } from './passkeys/settings.ts';

/** What the auth subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z
  .object({
    ...subgraphSettings(4001),
    ...outboxSettings,
    TOKEN_ISSUER: z.string().min(1).default('chorus'),
    TOKEN_AUDIENCE: z.string().min(1).default('chorus'),
    ACCESS_TOKEN_TTL_SECONDS: integerSetting(1, 3_600, 900),
    REFRESH_TOKEN_TTL_SECONDS: integerSetting(60, 90 * 86_400, 7 * 86_400),
    REFRESH_TOKEN_REUSE_SECONDS: integerSetting(0, 60, 10),
    SESSION_TTL_SECONDS: integerSetting(60, 366 * 86_400, 30 * 86_400),
    SIGNING_KEY_SECRET: secretSetting,
    SIGNING_KEY_ROTATION_DAYS: integerSetting(1, 365, 30),
    ACCOUNT_SECRET: secretSetting,
    HASHING_CONCURRENCY: integerSetting(1, 64, 2),
    REGISTRATIONS_PER_HOUR: integerSetting(1, 1_000_000, 20),
    APP_NAME: z.string().min(1).max(80).default('Chorus'),
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z
      .string()
      .refine((text) => parseAddress(text) !== null, 'must be an e-mail address, such as Chorus <chorus@example.org>')
      .default('Chorus <chorus@localhost>'),
    ...oauthSettings,
    ...passkeySettings,
  })
  .superRefine(checkOAuthSettings);

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
