import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createRedisEngine } from './redis.ts';
import { createRedisKeys } from './redis-keys.ts';
import { parseRedisUrl } from './redis-url.ts';

describe('Redis URLs', () => {
  test('one URL is one node', () => {
    expect(parseRedisUrl('redis://localhost')).toEqual({
      nodes: [{ host: 'localhost', port: 6379 }],
      cluster: false,
      username: undefined,
      password: undefined,
      database: 0,
      tls: false,
    });
  });

  test('credentials, database and TLS are read', () => {
    expect(parseRedisUrl('rediss://chorus:p%40ss@[::1]:7000/3')).toEqual({
      nodes: [{ host: '::1', port: 7000 }],
      cluster: false,
      username: 'chorus',
      password: 'p@ss',
      database: 3,
      tls: true,
    });
  });

  test('several URLs, or one that says so, are a cluster', () => {
    expect(parseRedisUrl('redis://one:1, redis://two:2')).toMatchObject({
      nodes: [
        { host: 'one', port: 1 },
        { host: 'two', port: 2 },
      ],
      cluster: true,
    });
    expect(parseRedisUrl('redis://one:1?cluster=true').cluster).toBe(true);
    expect(parseRedisUrl('redis://one:1?cluster=false').cluster).toBe(false);
  });

  test.each(['', 'localhost:6379', 'http://host', 'redis://', 'redis://host/text', 'redis://one/1,redis://two'])(
    '"%s" is refused',
    (url) => {
      expect(() => parseRedisUrl(url)).toThrow('A Redis URL');
    },
  );

  test('a refusal does not repeat a password', () => {
    expect(() => parseRedisUrl('http://:secret@host')).toThrow(/^(?!.*secret)/);
  });
});

describe('Redis keys', () => {
  test.each(['', ' ', 'a:b', '{a}', 'a*'])('the prefix "%s" is refused', (prefix) => {
    const logger = pino({ level: 'silent' });
    expect(() => createRedisEngine({ url: 'redis://localhost', prefix, logger })).toThrow('prefix');
  });

  test('a log and its position share a hash tag', () => {
    const keys = createRedisKeys('chorus');
    expect([keys.log('chat'), keys.position('chat')]).toEqual(['chorus:log:{chat}', 'chorus:position:{chat}']);
  });

  test.each(['', '}', '{chat}'])('a log named "%s" is refused', (name) => {
    expect(() => createRedisKeys('chorus').log(name)).toThrow('A log needs a name');
  });
});
