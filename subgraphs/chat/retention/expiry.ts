import type { Logger } from 'pino';
import { lowestId } from '../../../platform/identifiers.ts';
import type { ChatDependencies } from '../dependencies.ts';
import type { Database, Transaction } from '../repository.ts';
import { lockRoom } from '../rooms/repository.ts';
import {
  deleteBelongings,
  deleteMessages,
  findExpiredRange,
  findExpiringRooms,
  findLastBefore,
  findRetentionDays,
  raiseFirstSeq,
  tryHoldRemoval,
} from './repository.ts';

/** Events of one room that one transaction removes. */
export const eventsPerBatch = 1_000;
/** Rows that hang on messages, of each kind, that one statement removes. */
const rowsPerStatement = 5_000;
/** Events among which the order of time may be another than the order of the log: the clocks of processes differ. */
const disorderSpan = 1_000;
const roomsPerBatch = 200;
const dayMilliseconds = 86_400_000;
type ExpiryDependencies = Pick<ChatDependencies, 'database' | 'feed' | 'now'>;

export interface Expiry {
  /** Stops after the batch in progress. */
  stop(): Promise<void>;
}

/** Removes, now and every so often, what rooms no longer keep. Any number of processes may do so at once. */
export function startExpiry(dependencies: ExpiryDependencies, logger: Logger, intervalMilliseconds: number): Expiry {
  let phase: 'running' | 'stopped' = 'running';
  const work = () =>
    expireMessages(dependencies, () => phase === 'running').catch((error: unknown) => {
      logger.warn({ error }, 'what rooms no longer keep could not be removed; it will be tried again');
    });
  let working = work();
  const timer = setInterval(() => {
    working = working.then(work);
  }, intervalMilliseconds);
  return {
    async stop() {
      phase = 'stopped';
      clearInterval(timer);
      await working;
    },
  };
}

/**
 * Removes from every room what is older than the room keeps it, in two steps. The first moves the beginning of the log, which is
 * one short transaction: from then on nobody reads what is before it. The second removes those rows in batches. A process
 * that is killed anywhere leaves what the next one finds, and goes on with.
 */
export async function expireMessages(
  dependencies: ExpiryDependencies,
  mayGoOn: () => boolean = () => true,
): Promise<void> {
  const { database, now } = dependencies;
  let after = lowestId;
  while (mayGoOn()) {
    const rooms = await findExpiringRooms(database, { now: now(), after, limit: roomsPerBatch });
    for (const { roomId, isDue } of rooms) {
      if (!mayGoOn()) return;
      if (isDue) await beginLater(dependencies, roomId);
      await removeExpired(database, roomId, mayGoOn);
      after = roomId;
    }
    if (rooms.length < roomsPerBatch) return;
  }
}

/** Moves the beginning of a room's log by the setting as it is under the room's lock: it may have been raised meanwhile. */
export async function beginLater({ database, feed, now }: ExpiryDependencies, roomId: string): Promise<void> {
  const lastExpiredSeq = await database.$transaction(async (transaction) => {
    const isThere = await lockRoom(transaction, roomId);
    const days = isThere ? await findRetentionDays(transaction, roomId) : null;
    if (days === null) return null;
    const keptSince = new Date(now().getTime() - days * dayMilliseconds);
    const seq = await findLastBefore(transaction, roomId, keptSince, disorderSpan);
    return (await raiseFirstSeq(transaction, roomId, seq)) ? seq : null;
  });
  if (lastExpiredSeq !== null) feed.publishFirst(roomId, lastExpiredSeq + 1);
}

/** Removes what is left before the beginning of a room's log, unless another process is at it. */
async function removeExpired(database: Database, roomId: string, mayGoOn: () => boolean): Promise<void> {
  let isDone = false;
  while (!isDone && mayGoOn()) isDone = await database.$transaction((transaction) => removeBatch(transaction, roomId));
}

/** @returns whether there is no more to do in this room. */
async function removeBatch(transaction: Transaction, roomId: string): Promise<boolean> {
  if (!(await tryHoldRemoval(transaction, roomId))) return true;
  const range = await findExpiredRange(transaction, roomId, eventsPerBatch);
  if (range === null) return true;
  if (await deleteBelongings(transaction, range, rowsPerStatement)) await deleteMessages(transaction, range);
  return false;
}
