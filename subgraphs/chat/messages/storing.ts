import type { ChatDependencies } from '../dependencies.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import { composeMessage, type MessageContent, type MessageOrigin, withMentioned } from './composing.ts';
import { insertMessage, type NewMessage } from './insertion/repository.ts';
import { findMentioned } from './mentioned.ts';
import type { MessageRecord } from './record.ts';
import { findMessageByClientId } from './repository.ts';

/** A message that was stored, or the one that its author had stored before under the same name. */
export interface StoredMessage {
  message: MessageRecord;
  isNew: boolean;
}

/** Decides whether a message's author may post it to the room at that time. */
export type PostingRule = (room: RoomRecord, at: Date) => boolean;

/**
 * Stores a message, of a member or of a webhook, whose author may post it by a rule in the room as it was read. Where that has
 * changed meanwhile everything is decided anew. Resolves to null when its author may not post it any more.
 */
export async function storeMessage(
  dependencies: ChatDependencies,
  content: MessageContent,
  room: RoomRecord,
  origin: MessageOrigin,
  mayPost: PostingRule,
): Promise<StoredMessage | null> {
  const { database, messageWriter } = dependencies;
  const composed = await composeMessage(dependencies, content, room, origin);
  const sent = await messageWriter.write(composed);
  if (sent !== null) return { message: sent, isNew: true };
  const earlier = await findMessageByClientId(database, composed);
  if (earlier !== null) return { message: earlier, isNew: false };
  const message = await insertLocked(dependencies, content, composed, origin, mayPost);
  return message && { message, isNew: true };
}

/** The same by a decision that was made before, which is not made anew: null also when it no longer holds. */
export async function storeDecided(
  dependencies: ChatDependencies,
  content: MessageContent,
  room: RoomRecord,
  origin: MessageOrigin,
): Promise<MessageRecord | null> {
  return dependencies.messageWriter.write(await composeMessage(dependencies, content, room, origin));
}

/**
 * Somebody's rights have changed meanwhile, or the members: what was decided is decided anew, under the room's lock, and so is
 * whom the text mentions.
 */
async function insertLocked(
  { database }: ChatDependencies,
  { text, mentions }: MessageContent,
  composed: NewMessage,
  { viewer }: MessageOrigin,
  mayPost: PostingRule,
): Promise<MessageRecord | null> {
  const { roomId, sentAt } = composed;
  return database.$transaction(async (transaction) => {
    const isThere = await lockRoom(transaction, roomId);
    const [room] = isThere ? await findRooms(transaction, [roomId], viewer?.userId ?? null, sentAt) : [];
    if (room === undefined || !mayPost(room, sentAt)) return null;
    const { standingVersion } = room;
    const mentioned = mentions ? await findMentioned(transaction, viewer, room, text) : null;
    const message = mentioned === null ? composed : withMentioned(composed, mentioned);
    return insertMessage(transaction, { ...message, standingVersion });
  });
}
