import { resolve } from 'node:path';
import { z } from 'zod';
import { brokerSettings, commonSettings, integerSetting, parseSettings } from '../platform/settings.ts';
import { repositoryRoot } from './command-line.ts';

/** Settings of the commands in `tools/`. */
export const settingsSchema = z.object({
  /**
   * The PostgreSQL server to use, with the base name of its databases: with `.../chorus` the subgraph `chat` uses the
   * database `chorus_chat`. Without it the tools run an embedded PostgreSQL.
   */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Where the embedded PostgreSQL keeps its data, and where generated secrets are kept. Relative to the repository. */
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(repositoryRoot, path)),
  /** The GraphQL endpoint that `npm run tour` uses. */
  CHORUS_URL: z.url().default('http://127.0.0.1:4000/graphql'),
});

/** The same and those of `npm start`. The environment goes to the services as well, which have settings of their own. */
export const startSettingsSchema = settingsSchema.extend({
  HOST: commonSettings.HOST,
  PORT: integerSetting(0, 65_535, 4000),
  REDIS_URL: brokerSettings.REDIS_URL.optional(),
  REDIS_PREFIX: brokerSettings.REDIS_PREFIX,
  LOG_LEVEL: commonSettings.LOG_LEVEL.default('warn'),
});

export type ToolSettings = z.output<typeof settingsSchema>;
export type StartSettings = z.output<typeof startSettingsSchema>;

/** @throws SettingsError naming every mistake in the environment. */
export function readToolSettings(): ToolSettings {
  return parseSettings(settingsSchema, process.env);
}

/** @throws SettingsError naming every mistake in the environment. */
export function readStartSettings(): StartSettings {
  return parseSettings(startSettingsSchema, process.env);
}
