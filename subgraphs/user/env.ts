import { z } from 'zod';
import { brokerSettings, commonSettings, integerSetting, secretSetting } from '../../platform/settings.ts';

/** What the user subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({
  ...commonSettings,
  PORT: integerSetting(0, 65_535, 4002),
  DATABASE_URL: z.url(),
  DATABASE_MAX_CONNECTIONS: integerSetting(2, 500, 20),
  VIEWER_SECRET: secretSetting,
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
