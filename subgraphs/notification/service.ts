import DataLoader from 'dataloader';
import { neverAnything } from '../../platform/async-iterators.ts';
import { buildConnection, type Connection, type PageArguments, parsePage } from '../../platform/connection.ts';
import { badCursor, decodeSeqCursor, encodeCursor } from '../../platform/cursor.ts';
import { codedError } from '../../platform/errors.ts';
import { isId } from '../../platform/identifiers.ts';
import type { LogFeed } from '../../platform/log-feed/log-feed.ts';
import { serveEvents, serveLease } from '../../platform/log-feed/serve-log.ts';
import type { SubgraphRequest } from '../../platform/subgraph-request.ts';
import { canReadNotifications, canReadNotificationsOf } from './policy.ts';
import type { NotificationRecord, Repository } from './repository.ts';

export interface ServiceDependencies {
  repository: Repository;
  feed: LogFeed<NotificationRecord>;
}

/** What the resolvers of one request share. */
export interface Context {
  service: NotificationService;
}

export type NotificationPage = Connection<NotificationRecord> & { headCursor: string };

export type NotificationService = ReturnType<typeof createService>;

/** The use cases of notification, for one request: they know its viewer and share its loader. */
export function createService({ repository, feed }: ServiceDependencies, { viewer, serving }: SubgraphRequest) {
  const notifications = new DataLoader<string, NotificationRecord | null>(async (ids) => {
    const found = await repository.findNotifications(ids.filter(isId));
    const readable = found.filter(({ userId }) => canReadNotificationsOf(viewer, userId));
    const byId = new Map(readable.map((notification) => [notification.id, notification]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  async function pageNotificationsOf(userId: string, args: PageArguments): Promise<NotificationPage> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('notifications', userId, cursor));
    const isReadable = canReadNotificationsOf(viewer, userId);
    // The head is read first: whoever follows on from it may see a notification twice that way, but never misses one.
    const head = isReadable ? await readHead(userId) : 0;
    const rows = isReadable ? await repository.pageNotifications(userId, page) : [];
    const connection = buildConnection(page, rows, notificationCursor, (notification) => notification);
    return { ...connection, headCursor: notificationCursor({ userId, seq: head }) };
  }

  async function readHead(userId: string): Promise<number> {
    return (await repository.readBounds([userId])).get(userId)?.head ?? 0;
  }

  /**
   * Follows the viewer's notifications, as the router wants them served. Resolves once listening has begun: what arrives
   * from then on is not missed. Nobody loses access to their own.
   */
  async function followNotifications(
    after: string | null,
    rootValueOf: (notification: NotificationRecord) => object,
  ): Promise<AsyncIterableIterator<object>> {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    if (!canReadNotifications(viewer)) throw codedError('FORBIDDEN');
    const { userId } = viewer;
    const position = after === null ? null : decodeSeqCursor('notifications', userId, after);
    const head = await readHead(userId);
    if (position !== null && position > head) throw badCursor();
    const placeOf = (seq: number) => ({ seq, cursor: notificationCursor({ userId, seq }) });
    const timeOf = ({ createdAt }: NotificationRecord) => createdAt;
    if (serving !== 'lease') {
      return serveEvents(serving, await feed.read(userId, position), { rootValueOf, placeOf, timeOf });
    }
    const lease = { channel: `notifications:${userId}`, ...placeOf(position ?? head), head: placeOf(head), first: 1 };
    return serveLease(lease, neverAnything(), { placeOf, end: () => codedError('FORBIDDEN') });
  }

  return {
    notification: (id: string) => notifications.load(id),
    pageNotificationsOf,
    followNotifications,
  };
}

export function notificationCursor({ userId, seq }: Pick<NotificationRecord, 'userId' | 'seq'>): string {
  return encodeCursor('notifications', userId, seq);
}
