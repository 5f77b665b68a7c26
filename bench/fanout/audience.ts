import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../../tools/command-line.ts';
import { type Child, startChild } from '../child.ts';
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
  keep(stop: () => Promise<unknown>): void;
  /** Told how many have subscribed, now and then. */
  onProgress?(subscribed: number): void;
}

/** So many share an address: one has ports for no more than some 28,000 sockets, and servers limit the sockets of one. */
const socketsPerAddress = 50;
const pollMilliseconds = 100;
/** When nobody has come for so long, those who are missing do not come any more. */
const patienceMilliseconds = 20_000;

/** Starts subscribers and waits until the server has them all. */
export async function startAudience(options: AudienceOptions): Promise<Child> {
  const { server, url, dialect, size, keep } = options;
  const audience = startChild(new URL('./subscribers-process.ts', import.meta.url));
  keep(audience.stop);
  const subscribers = Array.from({ length: size }, (_, index) => ({
    ...options.subscriber(index),
    localAddress: addressOf(Math.floor(index / socketsPerAddress)),
  }));
  let failure: unknown;
  const asking = audience.call('subscribe', { url, dialect, subscribers } satisfies SubscribersStart);
  asking.catch((error: unknown) => {
    failure = error;
  });
  let subscribed = 0;
  let changedAt = performance.now();
  while (subscribed < size) {
    const before = subscribed;
    subscribed = await server.call<number>('countSubscribers');
    if (failure !== undefined) throw failure;
    if (subscribed !== before) changedAt = performance.now();
    if (performance.now() - changedAt > patienceMilliseconds)
      throw new ToolError(`Only ${subscribed} have subscribed.`);
    options.onProgress?.(subscribed);
    await delay(pollMilliseconds);
  }
  await asking;
  return audience;
}

/** Linux answers on the whole of 127.0.0.0/8, other systems on one address of it. */
function addressOf(number: number): string {
  return process.platform === 'linux' ? `127.0.${1 + Math.floor(number / 250)}.${1 + (number % 250)}` : '127.0.0.1';
}
