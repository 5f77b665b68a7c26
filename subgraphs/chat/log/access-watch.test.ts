import { expect, it } from 'vitest';
import type { LogFeed } from '../../../platform/log-feed/log-feed.ts';
import { serveLease } from '../../../platform/log-feed/serve-log.ts';
import { type AccessWatch, createAccessWatch } from './access-watch.ts';
import type { RoomEventRecord } from './record.ts';

const userId = 'user';
const placeOf = (seq: number) => ({ seq, cursor: String(seq) });

function kickAt(seq: number): RoomEventRecord {
  const occurredAt = new Date(0).toISOString();
  return { roomId: 'room', seq, kind: 'MEMBER_KICKED', actorId: 'actor', occurredAt, data: { userId }, message: null };
}

/** Watches a log of kicks. `read` resolves when as much of it has been read as will be. */
function watchKicks(count: number): { watch: AccessWatch; read: Promise<void> } {
  const { promise: read, resolve } = Promise.withResolvers<void>();
  async function* kicks() {
    try {
      for (let seq = 1; seq <= count; seq += 1) yield kickAt(seq);
    } finally {
      resolve();
    }
  }
  const feed = { read: async () => kicks() } as unknown as Pick<LogFeed<RoomEventRecord>, 'read'>;
  return { watch: createAccessWatch(feed), read };
}

it('ends a lease without an error when more waits for its holder than may: the lease is asked for again', async () => {
  const { watch, read } = watchKicks(200);
  const waiting = await watch.watch('room', userId);
  await read;
  const looks = (async function* () {
    for await (const { seq } of waiting) yield { seq, hasAccess: true };
  })();
  const lease = { channel: 'room', ...placeOf(0), head: placeOf(0), first: 1 };
  const places: number[] = [];
  for await (const { note } of serveLease(lease, looks, { placeOf, end: () => new Error('gone') })) {
    if ('lease' in note) places.push(note.lease.head.seq);
  }
  expect(places).toEqual(Array.from({ length: 101 }, (_, seq) => seq));
  expect(watch.isWatched('room')).toBe(false);
});
