import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { changeRoom } from '../log/change-room.ts';
import { canWriteToRooms } from '../policy.ts';
import type { ArchiveRoomInput, DeleteRoomInput, RestoreRoomInput, UpdateRoomInput } from '../schema.types.ts';
import { indexTextsOf } from './discovery/indexing.ts';
import type { RoomRecord } from './record.ts';
import { buryRooms, updateArchived, updateRoomColumns } from './repository.ts';
import { checkSettings, checkTexts, type RoomTexts } from './settings.ts';
import { placeOf, type SealedRoomField, sealedFields } from './texts.ts';

/** The use cases that change a room itself, for one request. */
export function createRoomChanges(dependencies: ChatDependencies, request: ChatRequest) {
  const { encryption, indexKey, purging } = dependencies;
  const { viewer, loaders } = request;

  async function updateRoom(input: UpdateRoomInput): Promise<{ room: RoomRecord | null }> {
    requireViewer(request, canWriteToRooms);
    const before = await requireRoom(request, input.roomId);
    const texts = checkTexts(input);
    const settings = checkSettings(input.settings);
    requireAllowed(viewer, 'room:update', before);
    // Opened and sealed outside of the lock.
    const sealed = await sealChanged(before, texts);
    await changeRoom(dependencies, request, input.roomId, async ({ transaction, room, append }) => {
      requireAllowed(viewer, 'room:update', room);
      const changedSettings = Object.entries(settings).filter(
        ([name, value]) => room[name as keyof typeof settings] !== value,
      );
      const columns = { ...sealed.columns, ...Object.fromEntries(changedSettings) };
      const fields = [...sealed.fields, ...changedSettings.map(([name]) => name)];
      if (fields.length === 0) return;
      await updateRoomColumns(transaction, input.roomId, columns);
      const isFoundByOthers = sealed.fields.some((field) => field !== 'avatarUrl');
      if (isFoundByOthers) await indexTextsOf(transaction, encryption, indexKey, { ...room, ...sealed.columns });
      append('ROOM_UPDATED', { fields });
    });
    return showRoom(input.roomId);
  }

  /** Those texts that are not what is there already. */
  async function sealChanged(room: RoomRecord, texts: RoomTexts) {
    const fields: SealedRoomField[] = [];
    const columns: Partial<Record<(typeof sealedFields)[SealedRoomField], Uint8Array<ArrayBuffer> | null>> = {};
    for (const field of Object.keys(sealedFields) as SealedRoomField[]) {
      const text = texts[field];
      const column = sealedFields[field];
      if (text === undefined) continue;
      const place = placeOf(room.id, field);
      const current = room[column] && (await encryption.open(place, room[column]));
      if (text === current) continue;
      fields.push(field);
      columns[column] = text === null ? null : await encryption.seal(place, room.keyVersion, text);
    }
    return { fields, columns };
  }

  async function archiveRoom({ roomId }: ArchiveRoomInput): Promise<{ room: RoomRecord | null }> {
    await changeRoom(dependencies, request, roomId, async ({ transaction, room, occurredAt, append }) => {
      requireAllowed(viewer, 'room:archive', room);
      if (room.isArchived) return;
      await updateArchived(transaction, roomId, occurredAt);
      append('ROOM_ARCHIVED', {});
    });
    return showRoom(roomId);
  }

  async function restoreRoom({ roomId }: RestoreRoomInput): Promise<{ room: RoomRecord | null }> {
    await changeRoom(dependencies, request, roomId, async ({ transaction, room, append }) => {
      requireAllowed(viewer, 'room:restore', room);
      if (!room.isArchived) return;
      await updateArchived(transaction, roomId, null);
      append('ROOM_RESTORED', {});
    });
    return showRoom(roomId);
  }

  /** Nothing can be read from the moment of the commit, which takes the keys; nobody waits for the rows that are left to go. */
  async function deleteRoom({ roomId }: DeleteRoomInput): Promise<{ roomId: string }> {
    await changeRoom(dependencies, request, roomId, async ({ transaction, room, occurredAt, append }) => {
      requireAllowed(viewer, 'room:delete', room);
      await buryRooms(transaction, [roomId], occurredAt);
      append('ROOM_DELETED', {});
    });
    purging.begin(roomId);
    return { roomId };
  }

  async function showRoom(roomId: string): Promise<{ room: RoomRecord | null }> {
    return { room: await loaders.loadRoom(roomId) };
  }

  return { updateRoom, archiveRoom, restoreRoom, deleteRoom };
}
