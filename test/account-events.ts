import { randomUUID } from 'node:crypto';
import type { EventEnvelope, EventName, EventPayloads } from '../platform/events.ts';
import type { TestDatabases } from './harness.ts';

/** An event as its subgraph writes it. */
export function eventOf<Name extends EventName>(
  name: Name,
  payload: EventPayloads[Name],
  occurredAt = new Date(),
): EventEnvelope<Name> {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  return { id: randomUUID(), name, version: 1, occurredAt: occurredAt.toISOString(), trace, payload };
}

/** Writes events to an outbox in the order given; the relay publishes them in that order. */
export async function commitEvents(
  databases: TestDatabases,
  events: readonly EventEnvelope[],
  owner: 'auth' | 'chat' = 'auth',
): Promise<void> {
  await databases.query(
    owner,
    `INSERT INTO outbox (event_id, envelope, occurred_at)
     SELECT (event->>'id')::uuid, event, now() FROM jsonb_array_elements($1) WITH ORDINALITY AS given(event, place)
     ORDER BY place`,
    [JSON.stringify(events)],
  );
}

/** Ends an account as auth does: its rows go, and everybody else is told. */
export async function deleteAccount(databases: TestDatabases, userId: string): Promise<void> {
  await databases.query('auth', 'DELETE FROM account WHERE id = $1', [userId]);
  await commitEvents(databases, [eventOf('auth.user.deleted', { userId })]);
}
