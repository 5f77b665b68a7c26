import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems hand out to whoever asks for any port, or connects: Linux from 32768 on, the others from 49152 on. */
const portRange = { first: 20_000, end: 32_000 };
const attemptLimit = 100;
/** Whoever has been given one may not listen on it yet. */
const given = new Set<number>();

/**
 * A TCP port of the loopback address on which nobody listens at the moment. Nobody is given it by chance either, so that a server
 * which goes away for a while finds it free when it comes back.
 * @throws the system's error when none can be had
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(portRange.first, portRange.end);
    if (given.has(port)) continue;
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (attempt >= attemptLimit) throw error;
      continue;
    }
    given.add(port);
    server.close();
    await once(server, 'close');
    return port;
  }
}
