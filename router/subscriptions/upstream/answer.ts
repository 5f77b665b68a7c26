import { type ExecutionResult, GraphQLError } from 'graphql';
import { isErrorCode } from '../../../platform/errors.ts';
import {
  chorusExtension,
  type Lease,
  type LeaseEnd,
  type StreamNote,
  type StreamPlace,
} from '../../../platform/streams.ts';
import { failureOf } from '../results.ts';

/** What a subgraph says to a subscription. */
export type Answer =
  | { kind: 'lease'; lease: Lease }
  | { kind: 'ending'; seq: number }
  /** The log has come to a place with nothing to show there. */
  | { kind: 'nothing'; place: StreamPlace | null }
  | AnsweredEvent;

export interface AnsweredEvent {
  kind: 'event';
  event: ExecutionResult;
  /** Null where the subgraph tells no places. */
  place: StreamPlace | null;
  /** When it happened, in milliseconds since 1970. */
  at: number | undefined;
  /**
   * Why there is nothing in it at all. With a place its execution has failed. Without one, from a subgraph that tells places, the
   * subgraph has refused what it was asked for: GraphQL.js says that with a result.
   */
  error: GraphQLError | null;
}

/** Reads a result of a subgraph by the protocol of leases (docs/SUBSCRIPTIONS.md). One without a word of it is an event. */
export function readAnswer({ extensions, ...event }: ExecutionResult): Answer {
  const note = (extensions?.[chorusExtension] ?? {}) as { lease?: Lease } & Partial<LeaseEnd & StreamNote>;
  if (note.lease) return { kind: 'lease', lease: note.lease };
  if (note.ending) return { kind: 'ending', seq: note.ending.seq };
  const { seq, cursor, at } = note;
  const place = seq !== undefined && cursor !== undefined ? { seq, cursor } : null;
  const error = failureOf(event);
  if (event.data === null && error === null) return { kind: 'nothing', place };
  return { kind: 'event', event, place, at, error };
}

/**
 * Whether the same may be asked again with success: of a subgraph that is away, was too fast, or has failed, as it does while its
 * database is away. Whatever a client would see as INTERNAL is that; every other code is the subgraph's last word.
 */
export function maySucceedLater(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { code } = error.extensions;
  return !isErrorCode(code) || code === 'INTERNAL' || code === 'SUBGRAPH_UNAVAILABLE' || code === 'SLOW_CONSUMER';
}

/** What is told again: nothing that has been delivered is repeated. */
export function isPast(place: StreamPlace | null, reached: Readonly<StreamPlace>): boolean {
  return reached.cursor !== '' && place !== null && place.seq <= reached.seq;
}

/**
 * From where an event can be read again; null where nobody knows that. Before the first place that a subgraph tells is the one with
 * which the client began.
 */
export function placeBefore(
  { place }: AnsweredEvent,
  reached: Readonly<StreamPlace>,
  clientCursor: string | null,
): Readonly<StreamPlace> | null {
  if (reached.cursor !== '') return reached;
  return place !== null && clientCursor ? { seq: place.seq - 1, cursor: clientCursor } : null;
}
