import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { badCursor, decodeCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId } from '../../../platform/identifiers.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { checkClientKey, isClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import { notAMember } from '../failure.ts';
import { holdMember } from '../members/repository.ts';
import { requireReplyTarget } from '../messages/reply.ts';
import { checkText } from '../messages/text.ts';
import { can, canReadOwn, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { DeleteDraftInput, SaveDraftInput } from '../schema.types.ts';
import type { DraftPlace, DraftRecord } from './record.ts';
import { deleteDraft, pageDrafts, saveDraft } from './repository.ts';

/** Of one person with a draft in the same room. */
export const deviceLimit = 20;

/** The use cases of drafts, for one request. The last one saved on a device wins. */
export function createDraftService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, now } = dependencies;
  const { viewer, loaders } = request;

  async function save(input: SaveDraftInput): Promise<{ draft: DraftRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { roomId, deviceId, replyToMessageId } = input;
    checkClientKey(deviceId, 'DEVICE_ID_INVALID', 'deviceId');
    const text = checkText(input.text, { mayBeEmpty: true });
    const room = await requireRoom(request, roomId);
    requireAllowed(viewer, 'draft:save', room);
    if (text === '') {
      await deleteDraft(database, { roomId, deviceId }, userId);
      return { draft: null };
    }
    if (replyToMessageId != null) await requireReplyTarget(request, roomId, replyToMessageId);
    const sealedText = await encryption.seal(placeOf({ roomId, userId, deviceId }), room.keyVersion, text);
    const draft = {
      roomId,
      userId,
      deviceId,
      sealedText,
      replyToMessageId: replyToMessageId ?? null,
      updatedAt: now(),
    };
    await database.$transaction(async (transaction) => {
      if (!(await holdMember(transaction, roomId, userId))) throw notAMember();
      await saveDraft(transaction, draft, deviceLimit);
    });
    return { draft };
  }

  /** Whoever may not write any more may still throw away what they wrote. */
  async function remove({ roomId, deviceId }: DeleteDraftInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    checkClientKey(deviceId, 'DEVICE_ID_INVALID', 'deviceId');
    await requireRoom(request, roomId);
    await deleteDraft(database, { roomId, deviceId }, userId);
    return { room: await loaders.loadRoom(roomId) };
  }

  async function draftsIn(room: RoomRecord): Promise<DraftRecord[]> {
    return can(viewer, 'room:read', room) ? loaders.drafts.load(room.id) : [];
  }

  async function pageDraftsOf(userId: string, args: PageArguments): Promise<Connection<DraftRecord>> {
    const page = parsePage(args, (cursor) => decodePlace(userId, cursor));
    const rows = canReadOwn(viewer, userId) ? await pageDrafts(database, userId, page) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, deviceId }) => encodeCursor('drafts', userId, `${roomId}/${deviceId}`),
      (row) => row,
    );
  }

  return {
    saveDraft: save,
    deleteDraft: remove,
    draftsIn,
    pageDraftsOf,
    readText: (draft: DraftRecord) => encryption.open(placeOf(draft), draft.sealedText),
  };
}

function placeOf({ roomId, userId, deviceId }: Pick<DraftRecord, 'roomId' | 'userId' | 'deviceId'>): SealedPlace {
  return { roomId, field: 'draft.text', rowId: `${userId}/${deviceId}` };
}

/** An id has no slash, so what comes after the first is the device's name. */
function decodePlace(userId: string, cursor: string): DraftPlace {
  const key = decodeCursor('drafts', userId, cursor);
  const slash = key.indexOf('/');
  const place = { roomId: key.slice(0, slash), deviceId: key.slice(slash + 1) };
  if (!isId(place.roomId) || !isClientKey(place.deviceId)) throw badCursor();
  return place;
}
