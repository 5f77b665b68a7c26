import { isId, newId } from '../../../platform/identifiers.ts';
import { requireViewer } from '../access.ts';
import { readKnownAccounts, requireKnownAccount } from '../accounts/known.ts';
import { findBlocked } from '../blocks/repository.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, contactRefused, Failure, memberNotFound, roomNotFound } from '../failure.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { CreateRoomInput, OpenDirectRoomInput, OpenGroupRoomInput } from '../schema.types.ts';
import { entriesOf } from './discovery/entries.ts';
import { checkGroup } from './groups.ts';
import type { RoomRecord } from './record.ts';
import { findDirectRoom, findRoomByClientId, insertRoom, type NewRoom } from './repository.ts';
import { checkRoomName, checkTopic } from './settings.ts';
import { placeOf, type SealedRoomField } from './texts.ts';

/** A room to open, with its texts as people read them. */
type RoomPlan = Pick<NewRoom, 'kind' | 'members' | 'whoMayPin' | 'clientRoomId'> & {
  name: string | null;
  topic: string | null;
};

/** The use cases that open a room, for one request. */
export function createOpening(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, indexKey, now } = dependencies;
  const { viewer, loaders } = request;

  async function createRoom(input: CreateRoomInput): Promise<{ room: RoomRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { kind, clientRoomId = null } = input;
    if (kind !== 'PUBLIC' && kind !== 'PRIVATE') {
      throw new Failure('ROOM_KIND_INVALID', 'Such a room has a mutation of its own to open it.', ['kind']);
    }
    if (clientRoomId !== null) checkClientKey(clientRoomId, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId');
    const name = checkRoomName(input.name);
    const topic = input.topic == null ? null : checkTopic(input.topic);
    await requireKnownAccount(dependencies, userId);
    const members = [{ userId, role: 'OWNER' }] as const;
    const room = await open({ kind, name, topic, members, whoMayPin: 'MODERATOR', clientRoomId });
    if (room !== null) return { room };
    if (clientRoomId === null) throw accountGone();
    const earlier = await findEarlier(userId, clientRoomId, { isGroup: false });
    if (earlier === null) throw accountGone();
    return { room: earlier };
  }

  async function openDirectRoom(input: OpenDirectRoomInput): Promise<{ room: RoomRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const otherId = input.userId.toLowerCase();
    if (!isId(otherId)) throw memberNotFound();
    if (otherId === userId) {
      throw new Failure('CONTACT_WITH_ONESELF', 'A direct room is with somebody else.', ['userId']);
    }
    await requireKnownAccount(dependencies, userId);
    if (!(await readKnownAccounts(dependencies, [otherId])).has(otherId)) throw memberNotFound();
    const earlier = await findOpened(await findDirectRoom(database, userId, otherId));
    if (earlier !== null) return { room: earlier };
    if ((await findBlocked(database, userId, [otherId])).size > 0) throw contactRefused(['userId']);
    const members = [userId, otherId].map((id) => ({ userId: id, role: 'MEMBER' }) as const);
    const plan = { kind: 'DIRECT', name: null, topic: null, members, whoMayPin: 'MEMBER', clientRoomId: null } as const;
    // The other has opened it meanwhile, or one of the two is gone.
    const room = (await open(plan)) ?? (await findOpened(await findDirectRoom(database, userId, otherId)));
    if (room === null) throw memberNotFound();
    return { room };
  }

  async function openGroupRoom(input: OpenGroupRoomInput): Promise<{ room: RoomRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { clientRoomId } = input;
    checkClientKey(clientRoomId, 'CLIENT_ROOM_ID_INVALID', 'clientRoomId');
    const others = checkGroup(userId, input.userIds);
    const name = input.name == null ? null : checkRoomName(input.name);
    await requireKnownAccount(dependencies, userId);
    // A retry gets the first result also when one of the people could not be brought in any more.
    const earlier = await findEarlier(userId, clientRoomId, { isGroup: true });
    if (earlier !== null) return { room: earlier };
    await requireReachable(userId, others);
    const members = [
      { userId, role: 'OWNER' } as const,
      ...others.map((id) => ({ userId: id, role: 'MEMBER' }) as const),
    ];
    const plan = { kind: 'GROUP', name, topic: null, members, whoMayPin: 'MODERATOR', clientRoomId } as const;
    const room = (await open(plan)) ?? (await findEarlier(userId, clientRoomId, { isGroup: true }));
    if (room === null) throw memberNotFound(['userIds']);
    return { room };
  }

  /** Lets nobody be brought in who is not there, or with whom there is no contact. */
  async function requireReachable(userId: string, others: readonly string[]): Promise<void> {
    const [known, blocked] = await Promise.all([
      readKnownAccounts(dependencies, others),
      findBlocked(database, userId, others),
    ]);
    for (const [index, id] of others.entries()) {
      if (!known.has(id)) throw memberNotFound(['userIds', String(index)]);
      if (blocked.has(id)) throw contactRefused(['userIds', String(index)]);
    }
  }

  async function open({ name, topic, ...plan }: RoomPlan): Promise<RoomRecord | null> {
    const id = newId();
    const key = await encryption.createKey({ roomId: id, version: 1 });
    encryption.remember(key);
    const seal = (field: SealedRoomField, text: string | null) =>
      text === null ? null : encryption.seal(placeOf(id, field), key.version, text);
    const [sealedName, sealedTopic, words] = await Promise.all([
      seal('name', name),
      seal('topic', topic),
      plan.kind === 'PUBLIC' ? indexKey.hash(entriesOf([name, topic])) : [],
    ]);
    const room = await insertRoom(database, { ...plan, id, key, sealedName, sealedTopic, words, createdAt: now() });
    if (room !== null) loaders.knownRoom.prime(room.id, room);
    return room;
  }

  /**
   * What an earlier request has opened under this name; null for a name that is new. It may be gone by now, or the viewer may
   * have left it, and no retry is what asks for the other sort of room.
   */
  async function findEarlier(
    userId: string,
    clientRoomId: string,
    { isGroup }: { isGroup: boolean },
  ): Promise<RoomRecord | null> {
    const earlier = await findRoomByClientId(database, userId, clientRoomId);
    if (earlier === null) return null;
    if (earlier.isGroup !== isGroup) {
      const message = 'You have opened a room of another kind under this name.';
      throw new Failure('CLIENT_ROOM_ID_USED', message, ['clientRoomId']);
    }
    const room = await findOpened(earlier.id);
    if (room === null) throw roomNotFound();
    return room;
  }

  /** A token that may only write gets the room to write to, and nothing that was written about it meanwhile. */
  async function findOpened(roomId: string | null): Promise<RoomRecord | null> {
    const room = roomId === null ? null : await loaders.knownRoom.load(roomId);
    if (room === null || can(viewer, 'room:read', room)) return room;
    return { ...room, sealedName: null, sealedTopic: null, sealedAvatarUrl: null };
  }

  return { createRoom, openDirectRoom, openGroupRoom };
}
