import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../../tools/command-line.ts';
import { type Child, startChild } from '../child.ts';
import type { Keep } from '../run-bench.ts';
import type { DialectName, Subscriber } from './dialects.ts';
import type { SubscribersStart } from './subscribers-process.ts';

/** One server's subscribers, in a process of their own. */
export interface AudienceOptions {
  /** The server, which tells how many subscribe. */
  server: Child;
  url: string;
  dialect: DialectName;
  size: number;
  /** @param index of the subscriber, from 0. */
  subscriber(index: number): Subscriber;
  keep: Keep;
  /** Told how many have subscribed, now and then. */
  onProgress?(subscribed: number): void;
}

/** So many share an address: one has ports for no more than some 28,000 sockets, and servers limit the sockets of one. */
const socketsPerAddress = 50;
/** So many come at once, and the next when the server has them: how it copes with a rush is no matter of this bench. */
const batchSize = 200;
const pollMilliseconds = 20;
/** When nobody has been added for so long, those who are missing do not come any more. */
const patienceMilliseconds = 20_000;

/** Starts subscribers and waits until the server has them all. */
export async function startAudience(options: AudienceOptions): Promise<Child> {
  const { server, url, dialect, size, keep, onProgress } = options;
  const audience = startChild(new URL('./subscribers-process.ts', import.meta.url));
  keep(audience.stop);
  for (let present = 0; present < size; ) {
    const subscribers = Array.from({ length: Math.min(batchSize, size - present) }, (_, index) => ({
      ...options.subscriber(present + index),
      localAddress: addressOf(Math.floor((present + index) / socketsPerAddress)),
    }));
    await audience.call('subscribe', { url, dialect, subscribers } satisfies SubscribersStart);
    present += subscribers.length;
    await waitForSubscribers(server, present);
    onProgress?.(present);
  }
  return audience;
}

/** Waits until so many have subscribed to a server. */
export async function waitForSubscribers(server: Child, expected: number): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const count = await server.call<number>('countSubscribers');
    if (count === expected) return;
    if (performance.now() - startedAt > patienceMilliseconds) throw new ToolError(`Only ${count} have subscribed.`);
    await delay(pollMilliseconds);
  }
}

/** Linux answers on the whole of 127.0.0.0/8, other systems on one address of it. */
function addressOf(number: number): string {
  return process.platform === 'linux' ? `127.0.${1 + Math.floor(number / 250)}.${1 + (number % 250)}` : '127.0.0.1';
}
