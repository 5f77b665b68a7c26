/** Names everything that the engine keeps in Redis. Nothing outside these names is ever touched. */
export interface RedisKeys {
  channel(name: string): string;
  log(name: string): string;
  position(log: string): string;
  counter(name: string): string;
  key(name: string): string;
}

/**
 * Throws when the prefix is empty or could run into another one's names: it must be letters, digits, dots, underscores
 * and hyphens. A log and its position share a hash tag and so, in a cluster, a slot: one script writes both.
 */
export function createRedisKeys(prefix: string): RedisKeys {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(prefix)) {
    throw new Error(`A Redis prefix is letters, digits, dots, underscores and hyphens, not "${prefix}".`);
  }
  return {
    channel: (name) => `${prefix}:channel:${name}`,
    log: (name) => `${prefix}:log:${hashTag(name)}`,
    position: (log) => `${prefix}:position:${hashTag(log)}`,
    counter: (name) => `${prefix}:counter:${name}`,
    key: (name) => `${prefix}:key:${name}`,
  };
}

function hashTag(name: string): string {
  if (name === '' || /[{}]/.test(name)) throw new Error(`A log needs a name without braces, not "${name}".`);
  return `{${name}}`;
}
