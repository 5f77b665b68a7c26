import { lowestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { messageColumns } from '../messages/columns.ts';
import { type MessagePlace, type MessageRecord, type MessageRow, toMessageRecord } from '../messages/record.ts';

/** Rooms with messages from before there was search, after an id. */
export async function findUnindexedRooms(
  transaction: Prisma.TransactionClient,
  after: string | null,
  limit: number,
): Promise<{ id: string; keyVersion: number }[]> {
  return transaction.$queryRaw`
    SELECT id, key_version AS "keyVersion" FROM room
    WHERE id IN (SELECT room_id FROM message WHERE words IS NULL AND room_id > ${after ?? lowestId}::uuid)
      AND deleted_at IS NULL
    ORDER BY id LIMIT ${limit}`;
}

export interface UnindexedMessage extends MessageRecord {
  /** A text that is not even sealed yet. */
  plainText: string | null;
}

export async function findUnindexedMessages(
  transaction: Prisma.TransactionClient,
  roomId: string,
  limit: number,
): Promise<UnindexedMessage[]> {
  const rows = await transaction.$queryRaw<(MessageRow & { plainText: string | null })[]>`
    SELECT ${messageColumns}, plain_text AS "plainText"
    FROM message
    WHERE room_id = ${roomId}::uuid AND words IS NULL ORDER BY seq LIMIT ${limit}`;
  return rows.map((row) => ({ ...toMessageRecord(row), plainText: row.plainText }));
}

/**
 * Puts messages into the index, under the room's lock, unless they are there by now or have another text than the words are of.
 * @returns how many were put there.
 */
export async function saveWords(
  transaction: Prisma.TransactionClient,
  roomId: string,
  messages: readonly (Pick<MessageRecord, 'seq' | 'editCount'> & { words: readonly bigint[] })[],
): Promise<number> {
  const indexed = messages.map(({ seq, editCount, words }) => ({ seq, editCount, words: words.map(String) }));
  const [saved] = await transaction.$queryRaw<{ count: number }[]>`
    WITH saved AS (
      UPDATE message SET words = indexed.words
      FROM jsonb_to_recordset(${JSON.stringify(indexed)}::jsonb) AS indexed(seq integer, "editCount" integer, words bigint[])
      WHERE room_id = ${roomId}::uuid AND message.seq = indexed.seq AND message.words IS NULL
        AND edit_count = "editCount" AND (deleted_at IS NULL OR indexed.words = '{}')
      RETURNING room_id, message.seq, message.id, message.words
    ), entered AS (
      INSERT INTO message_word (room_id, word, message_id, seq)
      SELECT room_id, word, id, seq FROM saved CROSS JOIN unnest(words) AS word
    )
    SELECT count(*)::int AS count FROM saved`;
  return saved?.count ?? 0;
}

/** A room to search, under one version of its data key. */
export interface SearchedRoom {
  roomId: string;
  /** What stands for the words in this room, under this version: a message must have all of them. */
  words: readonly bigint[];
}

export interface FoundPlace extends MessagePlace {
  messageId: string;
}

export interface SearchFilters {
  /** Only messages with an id below this one; null from the newest. */
  before: string | null;
  since: Date | null;
  until: Date | null;
  /** Only messages without attachments. */
  withoutAttachment: boolean;
  limit: number;
}

/** The rooms of which somebody is a member, with the versions of their data keys. */
export async function findRoomsToSearch(
  transaction: Prisma.TransactionClient,
  userId: string,
): Promise<{ id: string; keyVersion: number }[]> {
  return transaction.$queryRaw`
    SELECT room.id, key_version AS "keyVersion" FROM room_member JOIN room ON room.id = room_id
    WHERE user_id = ${userId}::uuid AND deleted_at IS NULL`;
}

const afterAllIds = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/**
 * How far the time in a message's id may be from the time at which it was sent. Only what is read is bounded by ids: what is
 * found is bounded by the time itself.
 */
const idToleranceMilliseconds = 86_400_000;

/** The least id of a time, or, before 1970 and after UUIDs end, of the nearest time that has any. */
function idAt(milliseconds: number): string {
  const hexadecimal = Math.min(Math.max(milliseconds, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hexadecimal.slice(0, 8)}-${hexadecimal.slice(8)}-0000-0000-000000000000`;
}

/**
 * The newest matches in one of the `searched` rooms. Each step takes, from the entries of every word, the newest one before the
 * last place; the oldest of these is the only next place where all words can meet. So it takes no more steps than the rarest
 * word has entries, however many the others have, and ends as soon as there are `limit` matches.
 */
function matchesIn(room: Prisma.Sql, { since, until, before, withoutAttachment }: SearchFilters, limit: number) {
  const lowest = since === null ? lowestId : idAt(since.getTime() - idToleranceMilliseconds);
  const highest = until === null ? afterAllIds : idAt(until.getTime() + idToleranceMilliseconds);
  const first = before !== null && before < highest ? before : highest;
  return Prisma.sql`(
    WITH RECURSIVE step (place, seq, is_match, matches) AS (
      SELECT ${first}::uuid, 0, false, 0
      UNION ALL
      SELECT next.place, next.seq, next.is_match, matches + next.is_match::int
      FROM step CROSS JOIN LATERAL (
        SELECT meeting.place, meeting.seq, (
            SELECT count(*) = cardinality(${room}.words) FROM unnest(${room}.words) AS wanted JOIN message_word
              ON room_id = ${room}.room_id AND word = wanted AND message_id = meeting.place
          ) AND EXISTS (
            SELECT FROM message WHERE room_id = ${room}.room_id AND message.seq = meeting.seq AND deleted_at IS NULL
              AND (${since}::timestamptz IS NULL OR created_at >= ${since}::timestamptz)
              AND (${until}::timestamptz IS NULL OR created_at < ${until}::timestamptz)
              AND (NOT ${withoutAttachment} OR sealed_attachments IS NULL)
          ) AS is_match
        FROM (
          SELECT (array_agg(newest.message_id ORDER BY newest.message_id))[1] AS place,
                 (array_agg(newest.seq ORDER BY newest.message_id))[1] AS seq
          FROM unnest(${room}.words) AS wanted CROSS JOIN LATERAL (
            SELECT message_id, seq FROM message_word
            WHERE room_id = ${room}.room_id AND word = wanted AND message_id < step.place AND message_id >= ${lowest}::uuid
            ORDER BY message_id DESC LIMIT 1) AS newest
          HAVING count(*) = cardinality(${room}.words)) AS meeting
      ) AS next
      WHERE matches < ${limit}
    )
    SELECT place AS message_id, seq FROM step WHERE is_match)`;
}

/**
 * Where the newest messages stand, newest first, that have all the words. A room whose newest match is not among the `limit` newest of all
 * rooms has nothing for this page: only the others are searched on.
 */
export async function findPlaces(
  transaction: Prisma.TransactionClient,
  rooms: readonly SearchedRoom[],
  filters: SearchFilters,
): Promise<FoundPlace[]> {
  const wanted = rooms.map(({ roomId, words }) => ({ room_id: roomId, words: words.map(String) }));
  return transaction.$queryRaw<FoundPlace[]>`
    WITH searched AS MATERIALIZED (
      SELECT room_id, words FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS room(room_id uuid, words bigint[])
    ), promising AS MATERIALIZED (
      SELECT searched.room_id, words FROM searched
        CROSS JOIN LATERAL ${matchesIn(Prisma.sql`searched`, filters, 1)} AS newest
      ORDER BY newest.message_id DESC LIMIT ${filters.limit}
    )
    SELECT promising.room_id AS "roomId", match.seq, match.message_id AS "messageId" FROM promising
      CROSS JOIN LATERAL ${matchesIn(Prisma.sql`promising`, filters, filters.limit)} AS match
    ORDER BY match.message_id DESC LIMIT ${filters.limit}`;
}
