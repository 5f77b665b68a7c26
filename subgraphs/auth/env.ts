import { z } from 'zod';
import {
  brokerSettings,
  integerSetting,
  outboxSettings,
  secretSetting,
  subgraphSettings,
} from '../../platform/settings.ts';

/** What the auth subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({
  ...subgraphSettings(4001),
  ...outboxSettings,
  TOKEN_ISSUER: z.string().min(1).default('chorus'),
  TOKEN_AUDIENCE: z.string().min(1).default('chorus'),
  ACCESS_TOKEN_TTL_SECONDS: integerSetting(1, 3_600, 900),
  REFRESH_TOKEN_TTL_SECONDS: integerSetting(60, 90 * 86_400, 7 * 86_400),
  SIGNING_KEY_SECRET: secretSetting,
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
