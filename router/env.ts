import { z } from 'zod';
import {
  brokerSettings,
  commaListSetting,
  commonSettings,
  integerSetting,
  secretSetting,
} from '../platform/settings.ts';
import { createProxyTrust } from './client-address.ts';

const urlByName = z.record(z.string(), z.url({ protocol: /^https?$/ }));

/** `auth=http://auth:4001/graphql,user=http://user:4002/graphql` */
const subgraphUrls = commaListSetting
  .transform((entries) => Object.fromEntries(entries.map(splitAtFirstEquals)))
  .pipe(urlByName);

function splitAtFirstEquals(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
}

/** `https://chat.example.org, https://admin.example.org`; `*` says what an empty list says: pages of all origins, none with cookies. */
const originList = commaListSetting.transform((origins) => (origins.includes('*') ? [] : origins));

/** `10.0.0.0/8, 2001:db8::1, loopback` */
const proxyList = commaListSetting.refine(
  isProxyList,
  'must be addresses, CIDR blocks, or loopback, linklocal, uniquelocal',
);

function isProxyList(list: string[]): boolean {
  // A count of hops, which other servers take here, would be read as the address 0.0.0.1.
  if (list.some((entry) => /^\d+$/.test(entry))) return false;
  try {
    createProxyTrust(list);
    return true;
  } catch {
    return false;
  }
}

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
  /** Whose `X-Forwarded-For` and `X-Forwarded-Host` are believed. */
  TRUSTED_PROXIES: proxyList,
  SOCKETS_PER_ADDRESS: integerSetting(1, 1_000_000, 1_000),
  SOCKETS_PER_USER: integerSetting(1, 1_000_000, 100),
  OPERATIONS_PER_SOCKET: integerSetting(1, 10_000, 200),
  /** Far below what a subgraph takes: the router adds headers to what it passes on, and may write numbers longer. */
  SOCKET_MESSAGE_LIMIT_BYTES: integerSetting(1_024, 524_288, 262_144),
  SOCKET_BUFFER_LIMIT_BYTES: integerSetting(16_384, 268_435_456, 1_048_576),
  SOCKET_INIT_MILLISECONDS: integerSetting(50, 60_000, 5_000),
  SOCKET_PING_MILLISECONDS: integerSetting(50, 600_000, 15_000),
  SOCKET_PONG_MILLISECONDS: integerSetting(50, 600_000, 10_000),
  /** Together with what follows it fits into the time that a process has to stop (`platform/process.ts`). */
  DRAIN_MILLISECONDS: integerSetting(0, 15_000, 5_000),
});

/** The same and what it takes to run as a process of its own. */
export const settingsSchema = serviceSettingsSchema.extend(brokerSettings);

export type ServiceSettings = z.output<typeof serviceSettingsSchema>;
