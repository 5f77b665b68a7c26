import type { Logger } from 'pino';
import { forgetAddresses } from './accounts/repository.ts';
import { deleteEndedApiKeys } from './api-keys/repository.ts';
import type { Database } from './repository.ts';
import { deleteExpiredSessions } from './sessions/repository.ts';
import { deleteExpiredTickets } from './tickets/repository.ts';

const intervalMilliseconds = 600_000;
/** Somebody who has not signed in from a place for so long is a stranger there. */
export const addressMemoryMilliseconds = 90 * 86_400_000;
/** An API key that has ended is kept for so long, for somebody who looks into what it did. */
export const apiKeyMemoryMilliseconds = 30 * 86_400_000;

export interface Housekeeping {
  /** Stops after the work in progress. */
  stop(): Promise<void>;
}

/** Forgets, now and then, what has ended and is of no more use. Any number of processes may do so. */
export function startHousekeeping(database: Database, logger: Logger, now: () => Date): Housekeeping {
  let working: Promise<void> = Promise.resolve();
  const work = () =>
    cleanUp(database, now()).catch((error: unknown) => {
      logger.warn({ error }, 'what has expired could not be deleted; it will be tried again');
    });
  const timer = setInterval(() => {
    working = working.then(work);
  }, intervalMilliseconds);
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}

/** @param now everything that ended before it goes */
export async function cleanUp(database: Database, now: Date): Promise<void> {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  await deleteExpiredTickets(database, now);
  await deleteExpiredSessions(database, now);
  await deleteEndedApiKeys(database, before(apiKeyMemoryMilliseconds));
  await forgetAddresses(database, { before: before(addressMemoryMilliseconds) });
}
