import type { SqlClient, TransactionalClient } from '../database.ts';
import type { EventEnvelope, EventName } from '../events.ts';

/** What follows an effect outside the database, once it is committed: a live publication, say. Must not throw. */
export type AfterCommit = () => void;

/**
 * What a subgraph does with the events it cares for. The effect must be written through the given transaction; what is
 * to follow its commit is handed back.
 */
export type EventHandlers<Transaction> = {
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler with nothing to follow returns nothing.
  [Name in EventName]?: (transaction: Transaction, event: EventEnvelope<Name>) => Promise<AfterCommit | void>;
};

/** Longer than any outbox keeps what it may publish again. */
const inboxRetentionDays = 45;

/** Applies one event in one transaction with its inbox row; a repeat, or an event that nobody here handles, has no effect. */
export async function applyEvent<Transaction extends SqlClient>(
  database: TransactionalClient<Transaction>,
  handlers: EventHandlers<Transaction>,
  event: EventEnvelope,
): Promise<void> {
  // The map's type ties each name to its payload; looked up by a name known only at run time, that tie is lost.
  const handler = handlers[event.name] as
    | ((
        transaction: Transaction,
        event: EventEnvelope,
      ) => ReturnType<NonNullable<EventHandlers<Transaction>[EventName]>>)
    | undefined;
  if (handler === undefined) return;
  const afterCommit = await database.$transaction(async (transaction) => {
    const recorded = await transaction.$executeRaw`
      INSERT INTO inbox (event_id, received_at) VALUES (${event.id}::uuid, now()) ON CONFLICT DO NOTHING`;
    return recorded === 0 ? undefined : handler(transaction, event);
  });
  afterCommit?.();
}

/** Forgets events that no outbox can publish again. */
export async function cleanInbox(database: SqlClient): Promise<void> {
  await database.$executeRaw`
    DELETE FROM inbox WHERE received_at < now() - ${inboxRetentionDays} * interval '1 day'`;
}
