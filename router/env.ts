import { z } from 'zod';
import { brokerSettings, commonSettings, integerSetting, secretSetting } from '../platform/settings.ts';

const urlByName = z.record(z.string(), z.url({ protocol: /^https?$/ }));

/** `auth=http://auth:4001/graphql,user=http://user:4002/graphql` */
const subgraphUrls = z
  .string()
  .default('')
  .transform((list) => Object.fromEntries(list.split(',').filter(Boolean).map(splitAtFirstEquals)))
  .pipe(urlByName);

function splitAtFirstEquals(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
}

/** `https://chat.example.org, https://admin.example.org` */
const originList = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .transform((origins) => origins.filter(Boolean));

/** What the router needs to know, wherever it runs. */
export const serviceSettingsSchema = z.object({
  ...commonSettings,
  PORT: integerSetting(0, 65_535, 4000),
  VIEWER_SECRET: secretSetting,
  /** The composed supergraph to serve; without it the one that stands beside this file. */
  SUPERGRAPH_FILE: z.string().optional(),
  SUBGRAPH_URLS: subgraphUrls,
  SUBGRAPH_TIMEOUT_MILLISECONDS: integerSetting(100, 120_000, 10_000),
  TOKEN_ISSUER: z.string().min(1).default('chorus'),
  TOKEN_AUDIENCE: z.string().min(1).default('chorus'),
  CORS_ORIGINS: originList,
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
