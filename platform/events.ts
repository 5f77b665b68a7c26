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
  'auth.user.renamed': {
    userId: string;
    /** The new handle. */
    username: string;
  };
  /**
   * The account can do nothing until then, or until it is resumed when that is null: it was suspended, or its owner has put it to
   * rest. Also when it was paused before, with another end.
   */
  'auth.user.paused': {
    userId: string;
    /** RFC 3339. */
    until: string | null;
  };
  /** The account can do again what its roles and scopes allow. */
  'auth.user.resumed': {
    userId: string;
  };
  /** The account is gone for good: everything that is kept about it goes too. */
  'auth.user.deleted': {
    userId: string;
  };
  /** Also for an API key, whose id stands where a session's does. */
  'auth.session.revoked': {
    sessionId: string;
    userId: string;
  };
  /** Roles or scopes changed: tokens that carry an older version no longer say the truth. */
  'auth.access.changed': {
    userId: string;
    accessVersion: number;
  };
  /** A signing key is no longer to be trusted, not even for tokens that still live. */
  'auth.key.revoked': {
    keyId: string;
  };
  /** Somebody wants no direct contact with somebody. Each such decision of a person is later than the one before. */
  'user.user.blocked': {
    blockerId: string;
    blockedId: string;
  };
  'user.user.unblocked': {
    blockerId: string;
    blockedId: string;
  };
  'chat.message.sent': {
    messageId: string;
    roomId: string;
    seq: number;
    /** A person's id, or that of the webhook which posted it. */
    authorId: string;
    /** There for what a webhook posted: its author is no person. */
    isFromWebhook?: true;
    /** Members of the room whom the text mentions, the author excepted. */
    mentionedUserIds: string[];
    /** Whether the text mentions everybody in the room, the author excepted. */
    mentionsRoom: boolean;
  };
  'chat.message.edited': {
    messageId: string;
    roomId: string;
    /** The message's own. */
    seq: number;
    /** The number of the edit: 1 for a message's first. */
    version: number;
    authorId: string;
    /** Members of the room, the author excepted, whom this text mentions and none of the message's texts before. */
    mentionedUserIds: string[];
    /** Whether this text mentions everybody in the room, the author excepted: the text before it may have done so, too. */
    mentionsRoom: boolean;
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
