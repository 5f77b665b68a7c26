import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every mistake in the environment at once, in words for the person who starts the process. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(mistakes: readonly string[]) {
    super(`The environment has mistakes:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/** A whole number in the environment, between `minimum` and `maximum`. */
export function integerSetting(minimum: number, maximum: number, standard: number) {
  return z.coerce.number().int().min(minimum).max(maximum).default(standard);
}

/** `one, two`: the entries of a list with commas between them. An empty one when it is not set. */
export const commaListSetting = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .transform((entries) => entries.filter(Boolean));

/** Settings that every process has. Ports: 0 takes a free one. */
export const commonSettings = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
};

const redisUrl = z.url({ protocol: /^rediss?$/ });

/** Settings of every process that runs on its own and therefore meets the others through Redis. */
export const brokerSettings = {
  /** One URL, or those of several nodes of a Cluster, separated by commas. */
  REDIS_URL: z
    .string()
    .refine((list) => list.split(',').every((url) => redisUrl.safeParse(url.trim()).success), 'must be a redis:// URL'),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/i)
    .default('chorus'),
};

/** Settings of every process that serves GraphQL with a database of its own. */
export function subgraphSettings(port: number) {
  return {
    ...commonSettings,
    PORT: integerSetting(0, 65_535, port),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_MAX_CONNECTIONS: integerSetting(2, 500, 20),
    VIEWER_SECRET: secretSetting,
  };
}

/** Settings of every process that publishes durable events. */
export const outboxSettings = {
  OUTBOX_POLL_MILLISECONDS: integerSetting(10, 60_000, 1_000),
  OUTBOX_RETENTION_HOURS: integerSetting(1, 24 * 30, 24),
};

/** How often the heads of listened-to logs are compared with the database. */
export const feedSettings = {
  FEED_HEARTBEAT_MILLISECONDS: integerSetting(50, 60_000, 2_000),
};

/** A secret of at least 32 characters. Secrets that stand in this repository as examples are refused in production. */
export const secretSetting = z.string().min(32, 'must have at least 32 characters');

const exampleSecretPrefix = 'development-only';

/**
 * Parses the environment of a process. A setting `NAME` may come from a file instead, named by `NAME_FILE`.
 * An empty value counts as not set.
 * @throws SettingsError naming every mistake.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const mistakes: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name] || readSecretFile(name, environment[`${name}_FILE`], mistakes);
    if (!value) continue;
    values[name] = value;
    if (environment['NODE_ENV'] === 'production' && value.startsWith(exampleSecretPrefix)) {
      mistakes.push(`${name} still has its development value`);
    }
  }
  const result = schema.safeParse(values);
  if (!result.success) {
    mistakes.push(...result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  if (!result.success || mistakes.length > 0) throw new SettingsError(mistakes);
  return result.data;
}

function readSecretFile(name: string, path: string | undefined, mistakes: string[]): string | undefined {
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    mistakes.push(`${name}_FILE: ${(error as Error).message}`);
    return undefined;
  }
}
