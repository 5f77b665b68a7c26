import type { Logger } from 'pino';
import { forgetAddresses } from './accounts/repository.ts';
import type { Database } from './repository.ts';
import { deleteExpiredSessions } from './sessions/repository.ts';
import { deleteExpiredTickets } from './tickets/repository.ts';

const intervalMilliseconds = 600_000;
/** Somebody who has not signed in from a place for so long is a stranger there. */
export const addressMemoryMilliseconds = 90 * 86_400_000;

/** Forgets, now and then, what has ended and is of no more use. Any number of processes may do so. */
export function startHousekeeping(database: Database, logger: Logger, now: () => Date): { stop(): void } {
  const timer = setInterval(() => {
    cleanUp(database, now()).catch((error: unknown) => {
      logger.warn({ error }, 'what has expired could not be deleted; it will be tried again');
    });
  }, intervalMilliseconds);
  return { stop: () => clearInterval(timer) };
}

/** @param now everything that ended before it goes */
export async function cleanUp(database: Database, now: Date): Promise<void> {
  await deleteExpiredTickets(database, now);
  await deleteExpiredSessions(database, now);
  await forgetAddresses(database, { before: new Date(now.getTime() - addressMemoryMilliseconds) });
}
