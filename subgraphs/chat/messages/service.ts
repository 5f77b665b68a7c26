import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeSeqCursor, encodeCursor } from '../../../platform/cursor.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { roomCursor } from '../log/cursor.ts';
import { can } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { createChanging } from './changing.ts';
import {
  findRootSeq,
  type MentionRecord,
  type MessageEditRecord,
  type MessageRecord,
  type ThreadRecord,
} from './record.ts';
import { openAttachments, openEdit, openMessageText } from './sealing.ts';
import { createSending } from './sending.ts';
import { createSurroundings } from './surroundings.ts';

const cursorOf = ({ roomId, seq }: MessageRecord) => roomCursor(roomId, seq);
const itself = <Row>(row: Row) => row;

/** The use cases of messages, for one request. */
export function createMessageService(dependencies: ChatDependencies, request: ChatRequest) {
  const { encryption } = dependencies;
  const { viewer, loaders } = request;

  async function pageMessages(room: RoomRecord, args: PageArguments): Promise<Connection<MessageRecord>> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('room', room.id, cursor));
    // Whoever may only write still gets the room that they have just opened, and no look into it.
    const rows = can(viewer, 'room:read', room) ? await loaders.messagePage.load({ roomId: room.id, page }) : [];
    return buildConnection(page, rows, cursorOf, itself);
  }

  /** Whoever may only write still gets the message that they have just sent, and nothing of what is around it. */
  async function mayReadAround({ roomId }: Pick<MessageRecord, 'roomId'>): Promise<boolean> {
    return (await loaders.loadRoom(roomId)) !== null;
  }

  async function messageAt(roomId: string, seq: number | null): Promise<MessageRecord | null> {
    return seq !== null && (await mayReadAround({ roomId })) ? loaders.messageAt.load({ roomId, seq }) : null;
  }

  async function thread(message: MessageRecord): Promise<ThreadRecord | null> {
    const { roomId } = message;
    const room = await loaders.loadRoom(roomId);
    return room && loaders.thread.load({ roomId, seq: findRootSeq(message, room) });
  }

  async function mentionsOf(message: MessageRecord): Promise<MentionRecord[]> {
    return (await mayReadAround(message)) ? loaders.mentions.load(message) : [];
  }

  async function mentionsRoom(message: MessageRecord): Promise<boolean> {
    return (await mayReadAround(message)) && loaders.mentionsRoom.load(message);
  }

  async function pageReplies(message: MessageRecord, args: PageArguments): Promise<Connection<MessageRecord>> {
    const { roomId, seq } = message;
    const page = parsePage(args, (cursor) => decodeSeqCursor('room', roomId, cursor));
    const rows = (await mayReadAround(message)) ? await loaders.replyPage.load({ roomId, seq, page }) : [];
    return buildConnection(page, rows, cursorOf, itself);
  }

  async function pageEdits(message: MessageRecord, args: PageArguments): Promise<Connection<MessageEditRecord>> {
    const { id, roomId, seq } = message;
    const page = parsePage(args, (cursor) => decodeSeqCursor('edits', id, cursor));
    const rows = (await mayReadAround(message)) ? await loaders.editPage.load({ roomId, seq, page }) : [];
    return buildConnection(page, rows, ({ version }) => encodeCursor('edits', id, version), itself);
  }

  return {
    ...createSending(dependencies, request),
    ...createChanging(dependencies, request),
    ...createSurroundings(request),
    message: loaders.loadMessage,
    messageAt,
    forwardedFrom: ({ forwardedFromId }: MessageRecord) =>
      forwardedFromId === null ? null : loaders.loadMessage(forwardedFromId),
    readText: (message: MessageRecord) => openMessageText(encryption, message),
    readAttachments: (message: MessageRecord) => openAttachments(encryption, message),
    readEdit: (edit: MessageEditRecord) => openEdit(encryption, edit),
    thread,
    mentionsOf,
    mentionsRoom,
    pageMessages,
    pageReplies,
    pageEdits,
  };
}
