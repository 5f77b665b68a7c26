import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { hasCode } from '../../../platform/errors.ts';
import { failureOf } from '../results.ts';

/** An event of which nothing can be delivered. What its execution has failed with is the cause. */
export class FailedEvent extends Error {
  constructor(cause: unknown) {
    super('An event of a shared stream has failed.', { cause });
  }
}

/** Why a shared stream is read no further, and with that what is to be done about it. */
export type ReadingEnd =
  /** The subgraph does not let this reader go on: somebody else has to read. */
  | 'refused'
  /** The stream is behind what is retained. */
  | 'expired'
  /** The subgraph is away, as leases on it are, or has more than may wait: it is read again from where it stands. */
  | 'interrupted'
  /** The subgraph could not read, or an event could not be executed. That may pass. */
  | 'failed';

/** What an event has failed with says nothing about the reader, or the place. */
export function readingEndOf(error: unknown): ReadingEnd {
  if (hasCode(error, 'NOT_FOUND') || hasCode(error, 'UNAUTHENTICATED') || hasCode(error, 'FORBIDDEN')) return 'refused';
  if (hasCode(error, 'CURSOR_EXPIRED')) return 'expired';
  return hasCode(error, 'SUBGRAPH_UNAVAILABLE') || hasCode(error, 'SLOW_CONSUMER') ? 'interrupted' : 'failed';
}

/** A result without a place is no event: the subgraph does not let this follower read from there. */
export function refusalOf(result: ExecutionResult): Error {
  return failureOf(result) ?? new Error('The subgraph has sent an event of a stream without its place.');
}

/** @throws what an event has failed with that has errors and nothing else. With part of its data it is an event. */
export function assertDeliverable(result: ExecutionResult | FormattedExecutionResult): void {
  const failure = failureOf(result);
  if (failure !== null) throw failure;
}
