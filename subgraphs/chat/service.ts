import { filterAsyncIterator } from '../../platform/async-iterators.ts';
import { buildConnection, type Connection, type PageArguments, parsePage } from '../../platform/connection.ts';
import { badCursor, decodeCursor, decodeSeqCursor, encodeCursor } from '../../platform/cursor.ts';
import type { Relay } from '../../platform/durable-events/relay.ts';
import { codedError } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/identifiers.ts';
import type { LogFeed } from '../../platform/log-feed/log-feed.ts';
import { readProjection } from '../../platform/projections.ts';
import type { SubgraphRequest } from '../../platform/subgraph-server.ts';
import { parseLine, parseText } from '../../platform/text.ts';
import { UserFailure } from '../../platform/user-errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { messageSent } from './events.ts';
import { createLoaders } from './loaders.ts';
import { findMentions } from './mentions.ts';
import {
  canJoinRoom,
  canListRoomsOf,
  canMarkRead,
  canReadRoom,
  canReadRooms,
  canSendMessage,
  canWriteToRooms,
} from './policy.ts';
import type { MessageRecord, Repository, RoomEventRecord, RoomRecord } from './repository.ts';
import type {
  CreateRoomInput,
  JoinRoomInput,
  MarkRoomReadInput,
  SendMessageInput,
  UserErrorCode,
} from './schema.types.ts';

export const roomNameLimit = 80;
export const messageLimit = 8_000;

export interface ServiceDependencies {
  repository: Repository;
  feed: LogFeed<RoomEventRecord>;
  relay: Relay;
  now: () => Date;
}

/** What the resolvers of one request share. */
export interface Context {
  service: ChatService;
}

export type ChatService = ReturnType<typeof createService>;

class Failure extends UserFailure<UserErrorCode> {}

/** The use cases of chat, for one request: they know its viewer and share its loaders. */
export function createService(dependencies: ServiceDependencies, { viewer, trace }: SubgraphRequest) {
  const { repository, feed, relay, now } = dependencies;
  const loaders = createLoaders(repository, viewer);

  async function requireRoom(roomId: string): Promise<RoomRecord> {
    const room = await loaders.knownRoom.load(roomId);
    if (room === null) throw new Failure('ROOM_NOT_FOUND', 'There is no such room.', ['roomId']);
    return room;
  }

  async function createRoom(input: CreateRoomInput): Promise<{ room: RoomRecord }> {
    const { userId } = requireViewer(viewer, canWriteToRooms);
    const name = parseLine(input.name, roomNameLimit);
    if ('problem' in name) {
      throw new Failure('ROOM_NAME_INVALID', `A room's name has 1 to ${roomNameLimit} characters on one line.`, [
        'name',
      ]);
    }
    await knowAccount(userId);
    const { kind } = input;
    const room = await repository.insertRoom({ id: newId(), kind, name: name.text, ownerId: userId, createdAt: now() });
    if (room === null) throw accountGone();
    loaders.knownRoom.prime(room.id, room);
    return { room };
  }

  async function joinRoom({ roomId }: JoinRoomInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(viewer, canWriteToRooms);
    const room = await requireRoom(roomId);
    if (!canJoinRoom(viewer, room)) throw new Failure('ROOM_NOT_FOUND', 'There is no such room.', ['roomId']);
    await knowAccount(userId);
    const event = await repository.insertMember(roomId, userId, now());
    if (event) feed.publish(roomId, event);
    const joined = await loaders.knownRoom.clear(roomId).load(roomId);
    if (joined === null || joined.role === null) throw accountGone();
    return { room: await loaders.loadRoom(roomId) };
  }

  async function sendMessage(input: SendMessageInput): Promise<{ message: MessageRecord }> {
    const { userId } = requireViewer(viewer, canWriteToRooms);
    const { roomId, clientMessageId } = input;
    const text = checkMessage(input);
    const room = await requireRoom(roomId);
    if (!canSendMessage(viewer, room)) throw new Failure('NOT_A_MEMBER', 'Join the room first.', ['roomId']);
    const handles = findMentions(text);
    const mentioned = handles.length > 0 ? await repository.findMembersByHandle(roomId, handles) : [];
    const sentAt = now();
    const id = newId();
    const mentionedUserIds = mentioned.filter((memberId) => memberId !== userId);
    const event = messageSent({ messageId: id, roomId, seq: 0, authorId: userId, mentionedUserIds }, trace, sentAt);
    const sent = await repository.insertMessage({ id, roomId, authorId: userId, clientMessageId, text, sentAt, event });
    if (sent?.message) {
      feed.publish(roomId, sent);
      relay.wake();
      return { message: sent.message };
    }
    const earlier = await repository.findMessageByClientId(roomId, userId, clientMessageId);
    if (earlier) return { message: earlier };
    throw new Failure('NOT_A_MEMBER', 'Join the room first.', ['roomId']);
  }

  async function markRoomRead({ roomId, seq }: MarkRoomReadInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(viewer, canWriteToRooms);
    const room = await requireRoom(roomId);
    if (!canMarkRead(viewer, room)) throw new Failure('NOT_A_MEMBER', 'Join the room first.', ['roomId']);
    if (seq < 0 || seq > room.headSeq) {
      throw new Failure('SEQ_INVALID', `The newest event of the room is number ${room.headSeq}.`, ['seq']);
    }
    await repository.markRead(roomId, userId, seq);
    loaders.knownRoom.clear(roomId);
    return { room: await loaders.loadRoom(roomId) };
  }

  /**
   * Handles are learned from auth's events. Whoever becomes a member must be found by mentions from then on: while the
   * handle of a new account is still on its way, joining fails, to be tried again, rather than lose mentions.
   */
  async function knowAccount(userId: string): Promise<void> {
    const states = await readProjection([userId], async () => {
      const state = await repository.findAccountState(userId);
      return new Map(state === null ? [] : [[userId, state]]);
    });
    const state = states.get(userId);
    if (state === 'known') return;
    if (state === 'deleted') throw accountGone();
    throw codedError('SUBGRAPH_UNAVAILABLE', 'This new account is not known here yet. Try again.', {
      subgraph: 'chat',
    });
  }

  async function pageMessages(room: RoomRecord, args: PageArguments): Promise<Connection<MessageRecord>> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('room', room.id, cursor));
    // Whoever may only write still gets the room that they have just opened, and no look into it.
    const rows = canReadRoom(viewer, room) ? await loaders.messagePage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, seq }) => roomCursor(roomId, seq),
      (row) => row,
    );
  }

  async function pageRoomsOf(userId: string, args: PageArguments): Promise<Connection<RoomRecord>> {
    const page = parsePage(args, (cursor) => decodeRoomListCursor(userId, cursor));
    const rows = canListRoomsOf(viewer, userId) ? await repository.pageRoomsOf(userId, page) : [];
    for (const room of rows) loaders.knownRoom.prime(room.id, room);
    return buildConnection(
      page,
      rows,
      (room) => encodeCursor('rooms', userId, room.id),
      (room) => room,
    );
  }

  /** Follows a room's log. Resolves once listening has begun: what happens from then on is not missed. */
  async function followRoom(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    requireViewer(viewer, canReadRooms);
    const room = await loaders.loadRoom(roomId);
    if (room === null) throw codedError('NOT_FOUND', 'There is no such room.', { argument: 'roomId' });
    const position = after === null ? null : decodeSeqCursor('room', roomId, after);
    if (position !== null && position > room.headSeq) throw badCursor();
    return feed.read(roomId, position);
  }

  async function followMessages(roomId: string, after: string | null): Promise<AsyncIterableIterator<RoomEventRecord>> {
    return filterAsyncIterator(await followRoom(roomId, after), (event) => event.message !== null);
  }

  return {
    room: loaders.loadRoom,
    message: (id: string) => loaders.message.load(id),
    createRoom,
    joinRoom,
    sendMessage,
    markRoomRead,
    pageMessages,
    pageRoomsOf,
    followRoom,
    followMessages,
  };
}

/** Sending the own message marks the room read, so only the messages after the read mark count. */
export function countUnread({ role, messageCount, readMessageNumber }: RoomRecord): number {
  return role === null ? 0 : messageCount - (readMessageNumber ?? 0);
}

export function roomCursor(roomId: string, seq: number): string {
  return encodeCursor('room', roomId, seq);
}

function decodeRoomListCursor(userId: string, cursor: string): string {
  const roomId = decodeCursor('rooms', userId, cursor);
  if (!isId(roomId)) throw badCursor();
  return roomId;
}

/** Says what the router's gate says, to whoever came past it. */
function requireViewer(viewer: Viewer | null, isAllowed: (viewer: Viewer) => boolean): Viewer {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!isAllowed(viewer)) throw codedError('FORBIDDEN');
  return viewer;
}

/** The account is deleted while its last access token still lives. */
function accountGone(): Error {
  return codedError('UNAUTHENTICATED');
}

/** The text as it is stored. */
function checkMessage({ text: input, clientMessageId }: SendMessageInput): string {
  if (!/^[\x21-\x7e]{1,64}$/.test(clientMessageId)) {
    const message = 'A clientMessageId has 1 to 64 visible ASCII characters.';
    throw new Failure('CLIENT_MESSAGE_ID_INVALID', message, ['clientMessageId']);
  }
  const parsed = parseText(input, messageLimit);
  if ('text' in parsed) return parsed.text;
  switch (parsed.problem) {
    case 'empty':
      throw new Failure('MESSAGE_EMPTY', 'A message needs at least one visible character.', ['text']);
    case 'too long':
      throw new Failure('MESSAGE_TOO_LONG', `A message has at most ${messageLimit} characters.`, ['text']);
    case 'invalid':
      throw new Failure('MESSAGE_INVALID', 'A message is Unicode text without control characters.', ['text']);
  }
}
