import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { parseLine } from '../../../platform/text.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { changeRoom } from '../log/change-room.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { checkAvatarUrl } from '../rooms/settings.ts';
import type { CreateWebhookInput, RevokeWebhookInput } from '../schema.types.ts';
import type { WebhookRecord } from './record.ts';
import { countLiveWebhooks, findWebhookByClientId, findWebhooks, insertWebhook, revokeWebhook } from './repository.ts';
import {
  openWebhookAvatarUrl,
  openWebhookName,
  openWebhookPath,
  placeOfAvatarUrl,
  placeOfName,
  placeOfSecret,
} from './sealing.ts';
import { createSecret, hashSecret } from './secrets.ts';

/** Webhooks of one room that are not revoked. */
export const webhookLimit = 20;
export const webhookNameLimit = 80;

/** The use cases of webhooks, for one request. What programs do with them is in `posting.ts`. */
export function createWebhookService(dependencies: ChatDependencies, request: ChatRequest) {
  const { encryption } = dependencies;
  const { viewer, loaders } = request;

  async function createWebhook(input: CreateWebhookInput): Promise<{ webhook: WebhookRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientWebhookId } = input;
    checkClientKey(clientWebhookId, 'CLIENT_WEBHOOK_ID_INVALID', 'clientWebhookId');
    const name = checkName(input.name);
    const avatarUrl = input.avatarUrl == null ? null : checkAvatarUrl(input.avatarUrl);
    const before = await requireRoom(request, roomId);
    requireAllowed(viewer, 'webhook:manage', before);
    // Sealed outside of the lock.
    const made = await sealNew(before, name, avatarUrl);
    return changeRoom(dependencies, request, roomId, async ({ transaction, room, occurredAt, append }) => {
      requireAllowed(viewer, 'webhook:manage', room);
      const named = { roomId, createdById: userId, clientWebhookId };
      const earlier = await findWebhookByClientId(transaction, named);
      if (earlier !== null) return { webhook: earlier };
      // Only what there is can be managed in an archived room.
      requireAllowed(viewer, 'room:update', room);
      if ((await countLiveWebhooks(transaction, roomId)) >= webhookLimit) {
        throw new Failure('WEBHOOK_LIMIT_REACHED', `A room has at most ${webhookLimit} webhooks.`, ['roomId']);
      }
      const webhook = { ...made, ...named, createdAt: occurredAt, lastUsedAt: null, revokedAt: null };
      await insertWebhook(transaction, webhook);
      append('WEBHOOK_CREATED', { webhookId: webhook.id });
      return { webhook };
    });
  }

  async function sealNew({ id: roomId, keyVersion }: RoomRecord, name: string, avatarUrl: string | null) {
    const place = { id: newId(), roomId };
    const secret = createSecret();
    const [sealedName, sealedAvatarUrl, sealedSecret] = await Promise.all([
      encryption.seal(placeOfName(place), keyVersion, name),
      avatarUrl === null ? null : encryption.seal(placeOfAvatarUrl(place), keyVersion, avatarUrl),
      encryption.seal(placeOfSecret(place), keyVersion, secret),
    ]);
    return { ...place, sealedName, sealedAvatarUrl, sealedSecret, secretHash: hashSecret(secret) };
  }

  /** Nothing that is posted from the commit on is taken: `InsertMessages` looks at the webhook anew. */
  async function endWebhook({ webhookId }: RevokeWebhookInput): Promise<{ webhook: WebhookRecord }> {
    requireViewer(request, canWriteToRooms);
    const known = isId(webhookId) ? await loaders.webhook.load(webhookId) : null;
    if (known === null) throw webhookNotFound();
    const revoking = changeRoom(dependencies, request, known.roomId, async (change) => {
      const { transaction, room, occurredAt, append } = change;
      requireAllowed(viewer, 'webhook:manage', room);
      const [webhook] = await findWebhooks(transaction, [webhookId]);
      if (webhook === undefined) throw webhookNotFound();
      if (webhook.revokedAt !== null) return { webhook };
      append('WEBHOOK_REVOKED', { webhookId });
      return { webhook: await revokeWebhook(transaction, webhookId, occurredAt) };
    });
    return revoking.catch((error: unknown) => {
      throw aboutWebhook(error);
    });
  }

  async function pageWebhooks(room: RoomRecord, args: PageArguments): Promise<Connection<WebhookRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('webhooks', room.id, cursor));
    const isManager = can(viewer, 'webhook:manage', room);
    const rows = isManager ? await loaders.webhookPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ id, roomId }) => encodeCursor('webhooks', roomId, id),
      (row) => row,
    );
  }

  return {
    createWebhook,
    revokeWebhook: endWebhook,
    pageWebhooks,
    webhook: (id: string) => loaders.webhook.load(id),
    readName: (webhook: WebhookRecord) => openWebhookName(encryption, webhook),
    readAvatarUrl: (webhook: WebhookRecord) => openWebhookAvatarUrl(encryption, webhook),
    readPath: (webhook: WebhookRecord) => openWebhookPath(encryption, webhook),
  };
}

function checkName(input: string): string {
  const name = parseLine(input, webhookNameLimit);
  if ('text' in name) return name.text;
  throw new Failure('NAME_INVALID', `A webhook's name has 1 to ${webhookNameLimit} characters on one line.`, ['name']);
}

function webhookNotFound(): Failure {
  return new Failure('WEBHOOK_NOT_FOUND', 'There is no such webhook.', ['webhookId']);
}

/** Whoever names a webhook has not named the room: what is wrong with that is wrong with the webhook. */
function aboutWebhook(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  return error.code === 'ROOM_NOT_FOUND' ? webhookNotFound() : new Failure(error.code, error.message, ['webhookId']);
}
