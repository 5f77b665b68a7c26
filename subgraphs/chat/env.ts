import { z } from 'zod';
import {
  brokerSettings,
  feedSettings,
  integerSetting,
  outboxSettings,
  subgraphSettings,
} from '../../platform/settings.ts';
import { keyEncryptionSetting } from './encryption/key-encryption.ts';

/** What the chat subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({
  ...subgraphSettings(4003),
  ...outboxSettings,
  ...feedSettings,
  /** How often what rooms no longer keep is removed. */
  RETENTION_INTERVAL_SECONDS: integerSetting(1, 86_400, 3_600),
  CHAT_ENCRYPTION_KEYS: keyEncryptionSetting,
  /** How often to look for messages whose time has come; those known by then are sent on time in between. */
  SCHEDULE_POLL_MILLISECONDS: integerSetting(10, 60_000, 1_000),
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
