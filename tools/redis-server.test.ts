import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { describeWithRedis, redisServer } from '../test/redis.ts';
import { findRedisServer, startRedisServer } from './redis-server.ts';

test('without a Redis on the PATH none is found', () => {
  expect(findRedisServer('')).toBeNull();
  expect(findRedisServer(tmpdir())).toBeNull();
});

describeWithRedis('a private Redis server', () => {
  const binary = redisServer ?? '';
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-redis-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('it is gone when stop resolves, and its port is free again', async () => {
    const first = await startRedisServer({ binary, directory });
    await first.stop();
    await first.stop();
    expect(await isListening(first.port)).toBe(false);
    const second = await startRedisServer({ binary, directory, port: first.port });
    expect(await isListening(second.port)).toBe(true);
    await second.kill();
    expect(await isListening(second.port)).toBe(false);
  });

  test('a port that is taken is refused with what the server says', async () => {
    const first = await startRedisServer({ binary, directory });
    await expect(startRedisServer({ binary, directory, port: first.port })).rejects.toThrow('Address already in use');
    await first.stop();
  });

  test('it dies with the process that started it, even by SIGKILL', async () => {
    const program = `
      const { startRedisServer } = await import(${JSON.stringify(new URL('./redis-server.ts', import.meta.url).href)});
      const server = await startRedisServer(${JSON.stringify({ binary, directory })});
      console.log(server.port);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const port = Number(line);
    expect(await isListening(port)).toBe(true);
    parent.kill('SIGKILL');
    await eventually(async () => expect(await isListening(port)).toBe(false));
  });
});

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
