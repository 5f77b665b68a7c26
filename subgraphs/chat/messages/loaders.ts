import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import { isId } from '../../../platform/identifiers.ts';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { RoomLoaders } from '../rooms/loaders.ts';
import { pageEdits } from './edits/repository.ts';
import {
  type MentionRecord,
  type MessageEditRecord,
  type MessagePlace,
  type MessageRecord,
  placeKey,
  type ThreadRecord,
} from './record.ts';
import {
  findMentions,
  findMessages,
  findMessagesAround,
  findMessagesAt,
  findRoomMentions,
  findThreads,
  type PlaceToReadAround,
  pageMessages,
  pageReplies,
} from './repository.ts';

/** A page of a list that belongs to a message. */
export interface PlacePageKey extends MessagePlace {
  page: KeyPage<number>;
}

export function createMessageLoaders(database: Database, { knownRoom, loadRoom }: RoomLoaders) {
  /** Messages to change something about: of rooms that may be known. */
  const knownMessage = new DataLoader<string, MessageRecord | null>(async (ids) => {
    const found = await findMessages(database, ids.filter(isId));
    const rooms = await Promise.all(found.map(({ roomId }) => knownRoom.load(roomId)));
    const known = found.filter((_record, index) => rooms[index] !== null);
    const byId = new Map(known.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  async function loadMessage(id: string): Promise<MessageRecord | null> {
    const message = await knownMessage.load(id);
    return message !== null && (await loadRoom(message.roomId)) !== null ? message : null;
  }

  const messageAt = new DataLoader<MessagePlace, MessageRecord | null, string>(
    async (places) => {
      const found = new Map((await findMessagesAt(database, places)).map((record) => [placeKey(record), record]));
      return places.map((place) => found.get(placeKey(place)) ?? null);
    },
    { cacheKeyFn: placeKey },
  );

  const thread = new DataLoader<MessagePlace, ThreadRecord | null, string>(
    async (roots) => {
      const threads = await findThreads(database, roots);
      const found = new Map(threads.map((each) => [placeKey({ roomId: each.roomId, seq: each.rootSeq }), each]));
      return roots.map((root) => found.get(placeKey(root)) ?? null);
    },
    { cacheKeyFn: placeKey },
  );

  const mentions = new DataLoader<MessagePlace, MentionRecord[], string>(
    async (places) => {
      const found = Map.groupBy(await findMentions(database, places), placeKey);
      return places.map((place) => found.get(placeKey(place)) ?? []);
    },
    { cacheKeyFn: placeKey },
  );

  const mentionsRoom = new DataLoader<MessagePlace, boolean, string>(
    async (places) => {
      const found = new Set((await findRoomMentions(database, places)).map(placeKey));
      return places.map((place) => found.has(placeKey(place)));
    },
    { cacheKeyFn: placeKey },
  );

  /** Pages of rooms that may be read. One statement for all rooms of the same page arguments. */
  const messagePage = createPageLoader<RoomPageKey<number>, MessageRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pageMessages(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );

  /** Messages around places of rooms that may be read. */
  const messagesAround = new DataLoader(
    (places: readonly PlaceToReadAround[]) => findMessagesAround(database, places),
    {
      cacheKeyFn: (place) => JSON.stringify(place),
    },
  );

  const replyPage = createPageLoader<PlacePageKey, MessageRecord>(
    placeKey,
    ({ roomId, rootSeq }) => placeKey({ roomId, seq: rootSeq ?? 0 }),
    (keys, page) => pageReplies(database, keys, page),
  );

  const editPage = createPageLoader<PlacePageKey, MessageEditRecord>(placeKey, placeKey, (keys, page) =>
    pageEdits(database, keys, page),
  );

  return {
    knownMessage,
    loadMessage,
    messageAt,
    thread,
    mentions,
    mentionsRoom,
    messagePage,
    messagesAround,
    replyPage,
    editPage,
  };
}
