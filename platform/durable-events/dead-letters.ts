import type { SqlClient, TransactionalClient } from '../database.ts';
import type { EventEnvelope } from '../events.ts';
import { isId, newId } from '../identifiers.ts';
import { applyEvent, type EventHandlers } from './inbox.ts';

/** An event that a consumer could not handle, kept with its last error until somebody replays it. */
export interface DeadLetter {
  id: string;
  envelope: EventEnvelope;
  error: string;
  attempts: number;
  failedAt: Date;
}

/** Keeps an event that failed for the last time; a repeat of it only updates the row. */
export async function recordDeadLetter(
  database: SqlClient,
  delivery: { value: string; attempt: number },
  error: unknown,
): Promise<void> {
  const description = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { id, envelope } = readEnvelope(delivery.value);
  await database.$executeRaw`
    INSERT INTO dead_letter (event_id, envelope, error, attempts, failed_at)
    VALUES (${id}::uuid, ${envelope}::jsonb, ${description}, ${delivery.attempt}, now())
    ON CONFLICT (event_id) DO UPDATE SET error = excluded.error, attempts = excluded.attempts, failed_at = now()`;
}

export async function listDeadLetters(database: SqlClient): Promise<DeadLetter[]> {
  return database.$queryRaw<DeadLetter[]>`
    SELECT event_id AS id, envelope, error, attempts, failed_at AS "failedAt" FROM dead_letter ORDER BY failed_at`;
}

export async function countDeadLetters(database: SqlClient): Promise<number> {
  const rows = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM dead_letter`;
  return rows[0]?.count ?? 0;
}

/**
 * Handles a dead letter again, now. When that succeeds (or an earlier replay did) the letter is deleted.
 * @throws what the handler throws; the letter then stays.
 */
export async function replayDeadLetter<Transaction extends SqlClient>(
  database: TransactionalClient<Transaction>,
  handlers: EventHandlers<Transaction>,
  letter: DeadLetter,
): Promise<void> {
  await applyEvent(database, handlers, letter.envelope);
  await database.$executeRaw`DELETE FROM dead_letter WHERE event_id = ${letter.id}::uuid`;
}

/** Even an entry that is no event at all must find its place here, or it would be delivered for ever. */
function readEnvelope(value: string): { id: string; envelope: string } {
  try {
    const { id } = JSON.parse(value) as { id?: unknown };
    if (typeof id === 'string' && isId(id)) return { id, envelope: value };
  } catch {
    // Not JSON: kept as a JSON string below.
  }
  return { id: newId(), envelope: JSON.stringify(value) };
}
