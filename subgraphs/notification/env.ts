import { z } from 'zod';
import { brokerSettings, feedSettings, subgraphSettings } from '../../platform/settings.ts';

/** What the notification subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({ ...subgraphSettings(4004), ...feedSettings });

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
