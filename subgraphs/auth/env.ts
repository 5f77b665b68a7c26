import { z } from 'zod';
import { brokerSettings, commonSettings, integerSetting, secretSetting } from '../../platform/settings.ts';

/** What the auth subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({
  ...commonSettings,
  PORT: integerSetting(0, 65_535, 4001),
  DATABASE_URL: z.url(),
  DATABASE_MAX_CONNECTIONS: integerSetting(2, 500, 20),
  VIEWER_SECRET: secretSetting,
  OUTBOX_POLL_MILLISECONDS: integerSetting(10, 60_000, 1_000),
  OUTBOX_RETENTION_HOURS: integerSetting(1, 24 * 30, 24),
  TOKEN_ISSUER: z.string().min(1).default('chorus'),
  TOKEN_AUDIENCE: z.string().min(1).default('chorus'),
  ACCESS_TOKEN_TTL_SECONDS: integerSetting(1, 3_600, 900),
  REFRESH_TOKEN_TTL_SECONDS: integerSetting(60, 90 * 86_400, 7 * 86_400),
  SIGNING_KEY_SECRET: secretSetting,
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
