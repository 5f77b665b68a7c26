import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import type { KeyPage } from '../../platform/connection.ts';
import { highestSeq } from '../../platform/cursor.ts';
import { transactionOptions, violatedUniqueKey } from '../../platform/database.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import { type Prisma, PrismaClient } from '../../prisma/chat/client/client.ts';

export interface RoomRecord {
  id: string;
  kind: 'PUBLIC' | 'PRIVATE';
  name: string;
  headSeq: number;
  messageCount: number;
  /** The asking user's own membership; null for somebody who is no member. */
  role: 'OWNER' | 'MEMBER' | null;
  readMessageNumber: number | null;
}

/** Plain data, so that it travels between processes as it is: times are RFC 3339 strings. */
export interface MessageRecord {
  id: string;
  roomId: string;
  seq: number;
  authorId: string;
  text: string;
  createdAt: string;
}

export interface RoomEventRecord {
  roomId: string;
  seq: number;
  kind: 'ROOM_CREATED' | 'MEMBER_JOINED' | 'MEMBER_LEFT' | 'MESSAGE_SENT';
  actorId: string;
  occurredAt: string;
  /** The message of a MESSAGE_SENT. */
  message: MessageRecord | null;
}

/** A person as chat knows them: by id alone. */
export interface UserReference {
  id: string;
}

export interface NewRoom {
  id: string;
  kind: 'PUBLIC' | 'PRIVATE';
  name: string;
  ownerId: string;
  createdAt: Date;
}

export interface NewMessage {
  id: string;
  roomId: string;
  authorId: string;
  clientMessageId: string;
  text: string;
  sentAt: Date;
  /** Written to the outbox with the `seq` that the message gets. */
  event: EventEnvelope<'chat.message.sent'>;
}

export type Transaction = Prisma.TransactionClient;
export type Repository = ReturnType<typeof createRepository>;

interface MessageRow extends Omit<MessageRecord, 'createdAt'> {
  createdAt: Date;
}

interface EventRow extends Omit<RoomEventRecord, 'occurredAt' | 'message'> {
  occurredAt: Date;
  messageId: string | null;
  text: string | null;
}

/** Everything that chat reads and writes in its database. */
export function createRepository(pool: Pool) {
  const database = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });

  /** Rooms by id, each with the user's membership; a null user is a member of none. */
  async function findRooms(ids: readonly string[], userId: string | null): Promise<RoomRecord[]> {
    return database.$queryRaw<RoomRecord[]>`
      SELECT room.id, kind, name, head_seq AS "headSeq", message_count AS "messageCount",
             role, read_message_number AS "readMessageNumber"
      FROM room LEFT JOIN room_member ON room_id = room.id AND user_id = ${userId}::uuid
      WHERE room.id = ANY(${ids}::uuid[])`;
  }

  /** The rooms of a user, newest first; one more than the page wants, to tell whether there are more. */
  async function pageRoomsOf(userId: string, page: KeyPage<string>): Promise<RoomRecord[]> {
    return database.$queryRaw<RoomRecord[]>`
      SELECT room.id, kind, name, head_seq AS "headSeq", message_count AS "messageCount",
             role, read_message_number AS "readMessageNumber"
      FROM room_member JOIN room ON room.id = room_id
      WHERE user_id = ${userId}::uuid AND (${page.after}::uuid IS NULL OR room_id < ${page.after}::uuid)
      ORDER BY room_id DESC LIMIT ${page.limit + 1}`;
  }

  /**
   * Opens a room, as one statement; the owner's account can't go in between (see `insertMember`). Resolves to the room as
   * its owner sees it, or to null when the account is gone.
   */
  async function insertRoom({ id, kind, name, ownerId, createdAt }: NewRoom): Promise<RoomRecord | null> {
    const rows = await database.$queryRaw<RoomRecord[]>`
      WITH owner AS MATERIALIZED (
        SELECT user_id FROM account_handle WHERE user_id = ${ownerId}::uuid AND deleted_at IS NULL FOR SHARE
      ), opened AS (
        INSERT INTO room (id, kind, name, head_seq, created_at)
        SELECT ${id}::uuid, ${kind}::room_kind, ${name}, 1, ${createdAt} FROM owner
        RETURNING id, kind, name, head_seq, message_count
      ), joined AS (
        INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
        SELECT ${id}::uuid, user_id, 'OWNER', ${createdAt}, 0 FROM owner
        RETURNING role, read_message_number
      ), logged AS (
        INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
        SELECT ${id}::uuid, 1, 'ROOM_CREATED', user_id, ${createdAt} FROM owner
      )
      SELECT id, kind, name, head_seq AS "headSeq", message_count AS "messageCount",
             role, read_message_number AS "readMessageNumber"
      FROM opened CROSS JOIN joined`;
    return rows[0] ?? null;
  }

  /**
   * Makes a user a member, as one statement. The account's row is held until the commit, so that the account can't go
   * in between and leave a membership behind; the room's is locked next, so that the messages counted as read are those
   * before the joining. Resolves to the event, or to null when the user was a member already or the account is gone.
   */
  async function insertMember(roomId: string, userId: string, joinedAt: Date): Promise<RoomEventRecord | null> {
    const rows = await nothingOnConflict(
      'room_member_pkey',
      database.$queryRaw<EventRow[]>`
        WITH account AS MATERIALIZED (
          SELECT FROM account_handle WHERE user_id = ${userId}::uuid AND deleted_at IS NULL FOR SHARE
        ), advanced AS (
          UPDATE room SET head_seq = head_seq + 1
          WHERE id = ${roomId}::uuid AND EXISTS (SELECT FROM account)
            AND NOT EXISTS (SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid)
          RETURNING id, head_seq, message_count
        ), joined AS (
          INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
          SELECT id, ${userId}::uuid, 'MEMBER', ${joinedAt}, message_count FROM advanced
        )
        INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
        SELECT id, head_seq, 'MEMBER_JOINED', ${userId}::uuid, ${joinedAt} FROM advanced
        RETURNING room_id AS "roomId", seq, kind, actor_id AS "actorId", occurred_at AS "occurredAt",
                  NULL AS "messageId", NULL AS text`,
    );
    return rows[0] ? toEventRecord(rows[0]) : null;
  }

  /**
   * Stores a message and all that goes with it as one statement: the next `seq` (the room row stays locked until the
   * commit, so commit order is `seq` order), the log's event, the author's read state, the outbox row. Resolves to null
   * and changes nothing when the author has a message of this `clientMessageId` already or is no member.
   */
  async function insertMessage(message: NewMessage): Promise<RoomEventRecord | null> {
    const { id, roomId, authorId, clientMessageId, text, sentAt, event } = message;
    const rows = await nothingOnConflict(
      'message_room_id_author_id_client_message_id_key',
      database.$queryRaw<EventRow[]>`
        WITH advanced AS (
          UPDATE room SET head_seq = head_seq + 1, message_count = message_count + 1
          WHERE id = ${roomId}::uuid
            AND EXISTS (SELECT FROM room_member WHERE room_id = ${roomId}::uuid AND user_id = ${authorId}::uuid)
            AND NOT EXISTS (SELECT FROM message WHERE room_id = ${roomId}::uuid AND author_id = ${authorId}::uuid
                              AND client_message_id = ${clientMessageId})
          RETURNING id, head_seq, message_count
        ), sent AS (
          INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, text, created_at)
          SELECT id, head_seq, ${id}::uuid, ${authorId}::uuid, ${clientMessageId}, message_count, ${text}, ${sentAt}
          FROM advanced
          RETURNING room_id, seq, id, number, text
        ), read AS (
          UPDATE room_member SET read_message_number = sent.number
          FROM sent WHERE room_member.room_id = sent.room_id AND user_id = ${authorId}::uuid
        ), published AS (
          INSERT INTO outbox (event_id, envelope, occurred_at)
          SELECT ${event.id}::uuid, jsonb_set(${JSON.stringify(event)}::jsonb, '{payload,seq}', to_jsonb(seq)), ${sentAt}
          FROM sent
        ), logged AS (
          INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at)
          SELECT room_id, seq, 'MESSAGE_SENT', ${authorId}::uuid, ${sentAt} FROM sent
          RETURNING room_id, seq, kind, actor_id, occurred_at
        )
        SELECT logged.room_id AS "roomId", logged.seq, kind, actor_id AS "actorId", occurred_at AS "occurredAt",
               sent.id AS "messageId", text
        FROM logged JOIN sent USING (seq)`,
    );
    return rows[0] ? toEventRecord(rows[0]) : null;
  }

  async function findMessageByClientId(roomId: string, authorId: string, clientMessageId: string) {
    const row = await database.message.findUnique({
      where: { roomId_authorId_clientMessageId: { roomId, authorId, clientMessageId } },
    });
    return row && toMessageRecord(row);
  }

  async function findMessages(ids: readonly string[]): Promise<MessageRecord[]> {
    return (await database.message.findMany({ where: { id: { in: [...ids] } } })).map(toMessageRecord);
  }

  /** The same page of messages of many rooms, one statement for all; one message more for each than the page wants. */
  async function pageMessages(roomIds: readonly string[], page: KeyPage<number>): Promise<MessageRecord[]> {
    const after = page.after ?? 0;
    const before = page.before ?? highestSeq;
    const limit = page.limit + 1;
    const rows =
      page.direction === 'forward'
        ? await database.$queryRaw<MessageRow[]>`
            SELECT room_id AS "roomId", seq, message.id, author_id AS "authorId", text, created_at AS "createdAt"
            FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
              SELECT * FROM message WHERE room_id = wanted.id AND seq > ${after} AND seq < ${before}
              ORDER BY seq LIMIT ${limit}) AS message
            ORDER BY room_id, seq`
        : await database.$queryRaw<MessageRow[]>`
            SELECT room_id AS "roomId", seq, message.id, author_id AS "authorId", text, created_at AS "createdAt"
            FROM unnest(${roomIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
              SELECT * FROM message WHERE room_id = wanted.id AND seq > ${after} AND seq < ${before}
              ORDER BY seq DESC LIMIT ${limit}) AS message
            ORDER BY room_id, seq DESC`;
    return rows.map(toMessageRecord);
  }

  async function readHeads(roomIds: readonly string[]): Promise<Map<string, number>> {
    const rooms = await database.room.findMany({
      where: { id: { in: [...roomIds] } },
      select: { id: true, headSeq: true },
    });
    return new Map(rooms.map((room) => [room.id, room.headSeq]));
  }

  async function readEvents(roomId: string, afterSeq: number, limit: number): Promise<RoomEventRecord[]> {
    const rows = await database.$queryRaw<EventRow[]>`
      SELECT room_id AS "roomId", seq, kind, actor_id AS "actorId", occurred_at AS "occurredAt",
             message.id AS "messageId", text
      FROM room_event LEFT JOIN message USING (room_id, seq)
      WHERE room_id = ${roomId}::uuid AND seq > ${afterSeq} ORDER BY seq LIMIT ${limit}`;
    return rows.map(toEventRecord);
  }

  /** Moves a member's read mark forward to the last message at or before a `seq`; it never goes back. */
  async function markRead(roomId: string, userId: string, seq: number): Promise<void> {
    await database.$executeRaw`
      UPDATE room_member SET read_message_number = greatest(read_message_number, coalesce((
        SELECT number FROM message WHERE room_id = ${roomId}::uuid AND seq <= ${seq} ORDER BY seq DESC LIMIT 1), 0))
      WHERE room_id = ${roomId}::uuid AND user_id = ${userId}::uuid`;
  }

  /** The members of a room among the owners of these handles. */
  async function findMembersByHandle(roomId: string, usernamesNormalized: readonly string[]): Promise<string[]> {
    const rows = await database.$queryRaw<{ userId: string }[]>`
      SELECT user_id AS "userId" FROM account_handle JOIN room_member USING (user_id)
      WHERE room_id = ${roomId}::uuid AND username_normalized = ANY(${usernamesNormalized})`;
    return rows.map((row) => row.userId);
  }

  /** What auth's events have told of an account; null as long as that is nothing, or not its newest handle. */
  async function findAccountState(userId: string): Promise<'known' | 'deleted' | null> {
    const account = await database.accountHandle.findUnique({ where: { userId } });
    if (account?.deletedAt) return 'deleted';
    return account?.usernameNormalized ? 'known' : null;
  }

  return {
    database,
    findRooms,
    pageRoomsOf,
    insertRoom,
    insertMember,
    insertMessage,
    findMessageByClientId,
    findMessages,
    pageMessages,
    readHeads,
    readEvents,
    markRead,
    findMembersByHandle,
    findAccountState,
    stop: () => database.$disconnect(),
  };
}

/** A statement that loses a race against its own repetition breaks a unique key and has changed nothing. */
async function nothingOnConflict<Row>(uniqueKey: string, statement: PromiseLike<Row[]>): Promise<Row[]> {
  try {
    return await statement;
  } catch (error) {
    if (violatedUniqueKey(error) === uniqueKey) return [];
    throw error;
  }
}

function toMessageRecord({ id, roomId, seq, authorId, text, createdAt }: MessageRow): MessageRecord {
  return { id, roomId, seq, authorId, text, createdAt: createdAt.toISOString() };
}

function toEventRecord({ roomId, seq, kind, actorId, occurredAt, messageId, text }: EventRow): RoomEventRecord {
  const message =
    messageId !== null && text !== null
      ? toMessageRecord({ id: messageId, roomId, seq, authorId: actorId, text, createdAt: occurredAt })
      : null;
  return { roomId, seq, kind, actorId, occurredAt: occurredAt.toISOString(), message };
}
