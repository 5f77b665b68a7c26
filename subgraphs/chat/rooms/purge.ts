import type { Logger } from 'pino';
import type { ChatDependencies } from '../dependencies.ts';
import type { Database, Transaction } from '../repository.ts';
import { deleteContent, findBuriedRooms, markPurged, tryHoldPurge } from './repository.ts';

/** Rows of each table that one transaction removes. */
export const rowsPerBatch = 1_000;

type PurgeDependencies = Pick<ChatDependencies, 'database' | 'now'>;

export interface Purging {
  /** Removes what is left of a room that was just deleted, without anybody waiting for it. */
  begin(roomId: string): void;
  /** Stops after the batch in progress. */
  stop(): Promise<void>;
}

/**
 * Removes in the background what is left of deleted rooms: of each when it is deleted, and now and every so often of those where
 * that failed, or whose process ended before it was done.
 */
export function startPurging(
  dependencies: PurgeDependencies,
  logger: Pick<Logger, 'warn'>,
  intervalMilliseconds: number,
): Purging {
  let phase: 'running' | 'stopped' = 'running';
  const mayGoOn = () => phase === 'running';
  const warn = (error: unknown) => {
    logger.warn({ error }, 'what is left of a deleted room could not be removed; it will be tried again');
  };
  const purge = async (roomIds: readonly string[]) => {
    for (const roomId of roomIds) await purgeRoom(dependencies, roomId, mayGoOn).catch(warn);
  };
  const purgeAll = () => findBuriedRooms(dependencies.database).then(purge).catch(warn);
  let working = purgeAll();
  const timer = setInterval(() => {
    working = working.then(purgeAll);
  }, intervalMilliseconds);
  return {
    begin(roomId) {
      working = working.then(() => purge([roomId]));
    },
    async stop() {
      phase = 'stopped';
      clearInterval(timer);
      await working;
    },
  };
}

/** Removes what is left of a deleted room, unless another process is at it. A process that is killed leaves the rest to the next. */
export async function purgeRoom(
  { database, now }: PurgeDependencies,
  roomId: string,
  mayGoOn: () => boolean = () => true,
): Promise<void> {
  let isDone = false;
  while (!isDone && mayGoOn()) isDone = await purgeBatch(database, roomId, now());
}

/** @returns whether there is no more to do for this process. */
async function purgeBatch(database: Database, roomId: string, at: Date): Promise<boolean> {
  return database.$transaction(async (transaction: Transaction) => {
    if (!(await tryHoldPurge(transaction, roomId))) return true;
    if ((await deleteContent(transaction, roomId, rowsPerBatch)) > 0) return false;
    await markPurged(transaction, roomId, at);
    return true;
  });
}
