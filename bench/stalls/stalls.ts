import { setTimeout as delay } from 'node:timers/promises';
import { ToolError } from '../../tools/command-line.ts';
import { type Child, startChild } from '../child.ts';
import { waitForSubscribers } from '../fanout/audience.ts';
import type { Chorus } from '../fanout/chorus.ts';
import { selections } from '../fanout/messages.ts';
import type { RouterMetric } from '../fanout/router-process.ts';
import type { Keep } from '../run-bench.ts';
import type { CloseCodes, StallersStart } from './stallers-process.ts';

/** What came of one time that they stopped reading. */
export interface Stall {
  /** What waited for them in the router when the measured messages had been sent. */
  bufferedBytes: number;
  /** The most that was seen to wait. */
  highestBufferedBytes: number;
  /** Codes with which the router closed their sockets, by its own count. */
  closed: CloseCodes;
  /** The same as their clients saw it: who reads on too late finds the connection cut (1006). */
  seen: CloseCodes;
}

/** Subscribers of the room that stop reading while they are measured, among others who do not. */
export interface Stallers {
  /** They stop reading, and so much is sent to them that from now on all waits in the router. */
  stall(): Promise<void>;
  /** So much more is sent to them that the router closes their sockets. Then they come back, and get all that they have missed. */
  recover(lastNumber: number): Promise<void>;
  /** What was noted of each time, from the first on. */
  stalls: Stall[];
}

export interface StallersOptions {
  chorus: Chorus;
  roomId: string;
  stalled: number;
  /** All who subscribe. */
  subscribers: number;
  keep: Keep;
}

const slowConsumer = '4413';
/** Two of these are in a message. */
const fillerText = 'x'.repeat(7_500);
const fillerQuery = `subscription ($roomId: ID!) { messageAdded(roomId: $roomId) { message { first: text second: text } } }`;
const followedQuery = (selections[0] as string)
  .replace('$roomId: ID!', '$roomId: ID!, $after: String')
  .replace('roomId: $roomId', 'roomId: $roomId, after: $after');
const fillersAtOnce = 8;
/** The operating system takes some megabytes for a socket that nobody reads. */
const fillersLimit = 2_000;
/** So much waits for each in the router before messages are measured: some, and far from what closes a socket. */
const filledBytes = 128 * 1024;
/** What was left behind is collected before anything is measured again. */
const settleMilliseconds = 2_000;

export async function openStallers(options: StallersOptions): Promise<Stallers> {
  const { chorus, roomId, stalled, subscribers, keep } = options;
  const { router, people } = chorus;
  const fillerRoomId = await chorus.openRoom();
  const child = startChild(new URL('./stallers-process.ts', import.meta.url));
  keep(child.stop);
  await child.call('open', {
    url: chorus.socketUrl,
    authorizations: Array.from(
      { length: stalled },
      (_, index) => `Bearer ${people[index % people.length]?.accessToken}`,
    ),
    followed: { query: followedQuery, variables: { roomId } },
    filler: { query: fillerQuery, variables: { roomId: fillerRoomId } },
  } satisfies StallersStart);
  await waitForSubscribers(router, subscribers);
  const stalls: Stall[] = [];

  const readBuffered = () => readMetric(router, { name: 'chorus_socket_buffered_bytes' });
  const readClosed = () => readMetric(router, { name: 'chorus_socket_closes_total' });
  const readSlow = () => readMetric(router, { name: 'chorus_socket_closes_total', label: `code="${slowConsumer}"` });
  let closedBefore = 0;
  let slowBefore = 0;

  /** Sends to those who do not read until that is enough. */
  async function fillUntil(isEnough: () => Promise<boolean>): Promise<void> {
    for (let sent = 0; !(await isEnough()); sent += fillersAtOnce) {
      if (sent > fillersLimit) throw new ToolError('Those who do not read were sent more than anybody can hold.');
      await Promise.all(Array.from({ length: fillersAtOnce }, () => chorus.send(fillerRoomId, fillerText)));
    }
  }

  async function stall(): Promise<void> {
    closedBefore = await readClosed();
    slowBefore = await readSlow();
    await child.call('fillUp');
    await waitForSubscribers(router, subscribers + stalled);
    await child.call('stopReading');
    await fillUntil(async () => (await readBuffered()) >= stalled * filledBytes);
    await settle();
  }

  async function recover(lastNumber: number): Promise<void> {
    const bufferedBytes = await readBuffered();
    if ((await readClosed()) > closedBefore) throw new ToolError('Some were closed while the others were measured.');
    let highestBufferedBytes = bufferedBytes;
    await fillUntil(async () => {
      highestBufferedBytes = Math.max(highestBufferedBytes, await readBuffered());
      return (await readClosed()) - closedBefore >= stalled;
    });
    const slow = (await readSlow()) - slowBefore;
    const others = (await readClosed()) - closedBefore - slow;
    const seen = await child.call<CloseCodes>('comeBack');
    await waitForSubscribers(router, subscribers);
    await child.call('expect', lastNumber);
    await settle();
    stalls.push({
      bufferedBytes,
      highestBufferedBytes,
      closed: { [slowConsumer]: slow, ...(others > 0 && { others }) },
      seen,
    });
  }

  return { stall, recover, stalls };
}

const settle = () => delay(settleMilliseconds);

function readMetric(router: Child, metric: RouterMetric): Promise<number> {
  return router.call<number>('readMetric', metric);
}
