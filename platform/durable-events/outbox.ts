import type { SqlClient } from '../database.ts';
import type { EventEnvelope, EventName, EventPayloads } from '../events.ts';
import { newId } from '../identifiers.ts';
import type { TraceParent } from '../trace.ts';

/** A new envelope around a payload: the id is made here, once, and stays through every repeat. */
export function envelope<Name extends EventName>(
  name: Name,
  payload: EventPayloads[Name],
  trace: TraceParent,
  occurredAt: Date,
): EventEnvelope<Name> {
  return { id: newId(), name, version: 1, occurredAt: occurredAt.toISOString(), trace, payload };
}

/**
 * Writes an event in the caller's transaction (the transactional outbox pattern,
 * https://microservices.io/patterns/data/transactional-outbox.html): it is published if and only if that commits.
 */
export async function writeToOutbox(transaction: SqlClient, event: EventEnvelope): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO outbox (event_id, envelope, occurred_at)
    VALUES (${event.id}::uuid, ${JSON.stringify(event)}::jsonb, ${event.occurredAt}::timestamptz)`;
}

/** The same for several events, published in their order. However many they are, it is one statement. */
export async function writeManyToOutbox(transaction: SqlClient, events: readonly EventEnvelope[]): Promise<void> {
  if (events.length === 0) return;
  await transaction.$executeRaw`
    INSERT INTO outbox (event_id, envelope, occurred_at)
    SELECT (event->>'id')::uuid, event, (event->>'occurredAt')::timestamptz
    FROM jsonb_array_elements(${JSON.stringify(events)}::jsonb) WITH ORDINALITY AS list (event, place) ORDER BY place`;
}
