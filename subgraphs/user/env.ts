import { z } from 'zod';
import { brokerSettings, outboxSettings, subgraphSettings } from '../../platform/settings.ts';

/** What the user subgraph needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({ ...subgraphSettings(4002), ...outboxSettings });

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
