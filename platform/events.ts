import type { TraceParent } from './trace.ts';

/**
 * Every durable event of the system, named `<subgraph>.<noun>.<past tense>`. Payloads carry ids, public handles and
 * times, never personal text: whoever needs more reads it from its owner, who decides whether they may.
 */
export interface EventPayloads {
  'auth.user.registered': {
    userId: string;
    /** The handle as its owner wrote it: public like the id, and needed to find mentions. */
    username: string;
  };
  'auth.session.revoked': {
    sessionId: string;
    userId: string;
  };
  'chat.message.sent': {
    messageId: string;
    roomId: string;
    seq: number;
    authorId: string;
    /** Members of the room whom the text mentions, the author excepted. */
    mentionedUserIds: string[];
  };
}

export type EventName = keyof EventPayloads;

/** One event as it travels: the same shape in the outbox, in the engine's log and in a dead letter. */
export interface EventEnvelope<Name extends EventName = EventName> {
  /** Stable through every repeat: what the inbox remembers. */
  id: string;
  name: Name;
  /** Grows when a payload changes its meaning, so that a consumer can tell. */
  version: 1;
  /** RFC 3339. */
  occurredAt: string;
  trace: TraceParent;
  payload: EventPayloads[Name];
}
