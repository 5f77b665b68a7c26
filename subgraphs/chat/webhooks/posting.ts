import { isId } from '../../../platform/identifiers.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { composeMessage, type MessageContent, sentEvent } from '../messages/composing.ts';
import type { MessageRecord } from '../messages/record.ts';
import { findMessageByClientId, insertMessage, type NewMessage } from '../messages/repository.ts';
import { canPostByWebhook } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import type { WebhookRecord } from './record.ts';
import { findWebhooks, markWebhookUsed } from './repository.ts';
import { opensWebhook } from './secrets.ts';

/** How exactly a webhook knows when it was last used: more would be a write for every message. */
const lastUsedMilliseconds = 60_000;

/** The message that a call has posted, or a call before it under the same name. */
export interface Posted {
  message: MessageRecord;
  isNew: boolean;
}

/** The webhook that a secret opens; null for a wrong one and for a webhook that there is not, or not any more. */
export async function authenticateWebhook(
  { database }: ChatDependencies,
  id: string,
  secret: string,
): Promise<WebhookRecord | null> {
  const [webhook = null] = isId(id) ? await findWebhooks(database, [id]) : [];
  return opensWebhook(webhook, secret) ? webhook : null;
}

/**
 * Posts a message, once for each `clientMessageId` of the webhook, for ever. Resolves to null when the webhook was revoked, or
 * its room deleted, meanwhile.
 */
export async function postByWebhook(
  dependencies: ChatDependencies,
  webhook: WebhookRecord,
  content: MessageContent,
  trace: TraceParent,
): Promise<Posted | null> {
  const { database, feed, relay, now } = dependencies;
  const [room] = await findRooms(database, [webhook.roomId], null, now());
  if (room === undefined) return null;
  const sent = canPostByWebhook(room) ? await store(dependencies, webhook, content, room, trace) : null;
  if (sent === null) {
    const earlier = await findEarlier(dependencies, webhook, content);
    return earlier === null ? refuse(dependencies, webhook) : { message: earlier, isNew: false };
  }
  feed.publish(webhook.roomId, sentEvent(sent));
  relay.wake();
  const lastUsed = webhook.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (now().getTime() - lastUsed >= lastUsedMilliseconds) await markWebhookUsed(database, webhook.id, now());
  return { message: sent, isNew: true };
}

/** Null when there is a message of this name already, or when the webhook can't be used any more. */
async function store(
  dependencies: ChatDependencies,
  webhook: WebhookRecord,
  content: MessageContent,
  room: RoomRecord,
  trace: TraceParent,
): Promise<MessageRecord | null> {
  const { database } = dependencies;
  const origin = { authorId: webhook.id, viewer: null, trace };
  const message = await composeMessage(dependencies, content, room, origin);
  const sent = await insertMessage(database, message);
  if (sent !== null || (await findEarlier(dependencies, webhook, content)) !== null) return sent;
  return insertLocked(dependencies, message);
}

async function findEarlier(
  { database }: ChatDependencies,
  { id: authorId, roomId }: WebhookRecord,
  { clientMessageId }: MessageContent,
): Promise<MessageRecord | null> {
  return findMessageByClientId(database, { roomId, authorId, clientMessageId });
}

/** Somebody's rights have changed meanwhile: what was decided is decided anew, under the room's lock. */
async function insertLocked({ database }: ChatDependencies, message: NewMessage): Promise<MessageRecord | null> {
  return database.$transaction(async (transaction) => {
    const isThere = await lockRoom(transaction, message.roomId);
    const [room] = isThere ? await findRooms(transaction, [message.roomId], null, message.sentAt) : [];
    if (room === undefined || !canPostByWebhook(room)) return null;
    return insertMessage(transaction, { ...message, standingVersion: room.standingVersion });
  });
}

async function refuse({ database, now }: ChatDependencies, { id, roomId }: WebhookRecord): Promise<null> {
  const [room] = await findRooms(database, [roomId], null, now());
  const [webhook] = await findWebhooks(database, [id]);
  if (room === undefined || webhook === undefined || webhook.revokedAt !== null) return null;
  throw new Failure('ROOM_ARCHIVED', 'The room is archived: nothing can be written there.');
}
