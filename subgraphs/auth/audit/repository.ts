import { newId } from '../../../platform/identifiers.ts';
import type { Prisma } from '../../../prisma/auth/client/client.ts';
import type { SecurityAction } from './actions.ts';

export interface NewSecurityEvent {
  action: SecurityAction;
  succeeded: boolean;
  occurredAt: Date;
  accountId: string | null;
  actorId: string | null;
  sessionId: string | null;
  address: string | null;
  userAgent: string | null;
  details: Prisma.InputJsonObject;
}

export interface SecurityEventRecord extends Omit<NewSecurityEvent, 'action' | 'details'> {
  id: string;
  action: string;
  details: unknown;
}

export async function insertSecurityEvent(
  transaction: Prisma.TransactionClient,
  { occurredAt, action, succeeded, accountId, actorId, sessionId, address, userAgent, details }: NewSecurityEvent,
): Promise<void> {
  // By hand, because every sign-in does it: Prisma's own insert costs several times as much.
  await transaction.$executeRaw`
    INSERT INTO security_event (id, occurred_at, action, succeeded, account_id, actor_id, session_id, address, user_agent,
                                details)
    VALUES (${newId()}::uuid, ${occurredAt}, ${action}, ${succeeded}, ${accountId}::uuid, ${actorId}::uuid,
            ${sessionId}::uuid, ${address}, ${userAgent}, ${JSON.stringify(details)}::jsonb)`;
}

/** Records several events at once. */
export async function insertSecurityEvents(
  transaction: Prisma.TransactionClient,
  events: readonly NewSecurityEvent[],
): Promise<void> {
  await transaction.securityEvent.createMany({ data: events.map((event) => ({ id: newId(), ...event })) });
}

/** Which events a list has; null leaves a filter out. */
export interface SecurityEventFilter {
  accountId: string | null;
  action: string | null;
}

/** Events, newest first; one more than the page wants. */
export async function pageSecurityEvents(
  transaction: Prisma.TransactionClient,
  { accountId, action }: SecurityEventFilter,
  page: { after: string | null; limit: number },
): Promise<SecurityEventRecord[]> {
  // PostgreSQL's text holds no null character: no action has one.
  if (action?.includes('\u0000')) return [];
  return transaction.securityEvent.findMany({
    where: {
      ...(accountId !== null && { accountId }),
      ...(action !== null && { action }),
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  });
}
