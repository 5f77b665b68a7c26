export interface RedisAddress {
  /** One node of a deployment without cluster, or the nodes of a cluster to learn the others from. */
  nodes: { host: string; port: number }[];
  cluster: boolean;
  username: string | undefined;
  password: string | undefined;
  /** Always 0 in a cluster, which has no other. */
  database: number;
  tls: boolean;
}

/**
 * Reads `redis://` and `rediss://` (TLS) URLs. Several of them, separated by commas, or `?cluster=true` on a single
 * one, mean a cluster; credentials and TLS are then taken from the first. Throws on anything else, without repeating
 * the URL, which may hold a password.
 */
export function parseRedisUrl(value: string): RedisAddress {
  const urls = value.split(',').map((part) => parseOne(part.trim()));
  const first = urls[0] as URL;
  const cluster = urls.length > 1 || first.searchParams.get('cluster') === 'true';
  const database = Number(first.pathname.slice(1) || '0');
  if (!Number.isInteger(database) || (cluster && database !== 0)) {
    throw new Error('A Redis URL ends in the number of a database, and a cluster has only database 0.');
  }
  return {
    nodes: urls.map((url) => ({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '6379') })),
    cluster,
    username: decodeURIComponent(first.username) || undefined,
    password: decodeURIComponent(first.password) || undefined,
    database,
    tls: first.protocol === 'rediss:',
  };
}

function parseOne(value: string): URL {
  const url = URL.parse(value);
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('A Redis URL looks like redis://host:6379 or rediss://user:password@host:6379.');
  }
  return url;
}
