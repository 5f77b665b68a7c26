import type { AuthRequest } from '../dependencies.ts';
import type { SecurityAction } from './actions.ts';
import { insertSecurityEvent } from './repository.ts';

type Transaction = Parameters<typeof insertSecurityEvent>[0];

export interface Happening {
  /** Whose account it is about; without, the viewer's. Null when no account matches. */
  accountId?: string | null;
  /** Without, the viewer. */
  actorId?: string | null;
  /** Without, the viewer's. */
  sessionId?: string | null;
  /** Default: true. */
  succeeded?: boolean;
  /** Ids, codes and counts; never personal text, which could not be deleted any more. */
  details?: Record<string, string | number | boolean | string[] | null>;
}

/** Records a security event of a request, in the transaction of what it tells of. */
export type RecordEvent = (transaction: Transaction, action: SecurityAction, happening?: Happening) => Promise<void>;

export function createRecorder({ viewer, client }: AuthRequest, now: () => Date): RecordEvent {
  return (transaction, action, happening = {}) =>
    insertSecurityEvent(transaction, {
      action,
      succeeded: happening.succeeded ?? true,
      occurredAt: now(),
      accountId: happening.accountId === undefined ? (viewer?.userId ?? null) : happening.accountId,
      actorId: happening.actorId === undefined ? (viewer?.userId ?? null) : happening.actorId,
      sessionId: happening.sessionId === undefined ? (viewer?.sessionId ?? null) : happening.sessionId,
      address: client.address,
      userAgent: client.userAgent,
      details: happening.details ?? {},
    });
}
