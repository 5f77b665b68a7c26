import { isId } from '../../../platform/identifiers.ts';
import type { TraceParent } from '../../../platform/trace.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { type MessageContent, sentEvent } from '../messages/composing.ts';
import type { MessageName } from '../messages/record.ts';
import { findMessageByClientId } from '../messages/repository.ts';
import { type StoredMessage, storeMessage } from '../messages/storing.ts';
import { canPostByWebhook } from '../policy.ts';
import { findRooms } from '../rooms/repository.ts';
import type { WebhookRecord } from './record.ts';
import { findWebhooks, markWebhookUsed } from './repository.ts';
import { opensWebhook } from './secrets.ts';

/** How exactly a webhook knows when it was last used: more would be a write for every message. */
const lastUsedMilliseconds = 60_000;

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
): Promise<StoredMessage | null> {
  const { database, feed, relay, now } = dependencies;
  const { id: authorId, roomId } = webhook;
  const [room] = await findRooms(database, [roomId], null, now());
  if (room === undefined) return null;
  const origin = { authorId, viewer: null, trace };
  const stored =
    (canPostByWebhook(room) ? await storeMessage(dependencies, content, room, origin, canPostByWebhook) : null) ??
    (await findStored(dependencies, { roomId, authorId, clientMessageId: content.clientMessageId }));
  if (stored === null) return refuse(dependencies, webhook);
  if (!stored.isNew) return stored;
  feed.publish(roomId, sentEvent(stored.message));
  relay.wake();
  await noteUse(dependencies, webhook);
  return stored;
}

async function findStored({ database }: ChatDependencies, name: MessageName): Promise<StoredMessage | null> {
  const message = await findMessageByClientId(database, name);
  return message && { message, isNew: false };
}

/** A hint for those who look after the room: the message is posted, whether or not it can be written down. */
async function noteUse({ database, now }: ChatDependencies, { id, lastUsedAt }: WebhookRecord): Promise<void> {
  const lastUsed = lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (now().getTime() - lastUsed < lastUsedMilliseconds) return;
  await markWebhookUsed(database, id, now()).catch(() => undefined);
}

async function refuse({ database, now }: ChatDependencies, { id, roomId }: WebhookRecord): Promise<null> {
  const [room] = await findRooms(database, [roomId], null, now());
  const [webhook] = await findWebhooks(database, [id]);
  if (room === undefined || webhook === undefined || webhook.revokedAt !== null) return null;
  throw new Failure('ROOM_ARCHIVED', 'The room is archived: nothing can be written there.');
}
