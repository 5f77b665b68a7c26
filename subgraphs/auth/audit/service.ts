import { buildConnection, type Connection, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { codedError } from '../../../platform/errors.ts';
import { isId } from '../../../platform/identifiers.ts';
import type { AccountRecord } from '../accounts/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { canReadAllSecurityEvents } from '../policy.ts';
import type { AccountSecurityEventsArgs, QuerySecurityEventsArgs } from '../schema.types.ts';
import { pageSecurityEvents, type SecurityEventFilter, type SecurityEventRecord } from './repository.ts';

/** Reading the record of security events, for one request. Use cases write to it with `record.ts`. */
export function createAuditService({ database }: AuthDependencies, { viewer }: AuthRequest) {
  async function listAll(args: QuerySecurityEventsArgs): Promise<Connection<SecurityEventRecord>> {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    if (!canReadAllSecurityEvents(viewer)) throw codedError('FORBIDDEN');
    return list({ accountId: args.accountId ?? null, action: args.action ?? null }, args);
  }

  /** The parent is only there for the account's owner. */
  async function listOwn(
    { id }: AccountRecord,
    args: AccountSecurityEventsArgs,
  ): Promise<Connection<SecurityEventRecord>> {
    return list({ accountId: id, action: null }, args, (event) => withoutOthers(event, id));
  }

  async function list(
    filter: SecurityEventFilter,
    { first, after }: AccountSecurityEventsArgs,
    present = (event: SecurityEventRecord) => event,
  ): Promise<Connection<SecurityEventRecord>> {
    const name = `${filter.accountId ?? ''}/${filter.action ?? ''}`;
    const page = parsePage({ first, after }, (cursor) => decodeIdCursor('security-events', name, cursor));
    const isPossible = filter.accountId === null || isId(filter.accountId);
    const rows = isPossible ? await pageSecurityEvents(database, filter, page) : [];
    return buildConnection(page, rows, ({ id }) => encodeCursor('security-events', name, id), present);
  }

  return { listAll, listOwn };
}

/** Somebody learns that an administrator has changed their account, but not where that administrator works. */
function withoutOthers(event: SecurityEventRecord, ownerId: string): SecurityEventRecord {
  if (event.actorId === null || event.actorId === ownerId) return event;
  return { ...event, sessionId: null, address: null, userAgent: null };
}
