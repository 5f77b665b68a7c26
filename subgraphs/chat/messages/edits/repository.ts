import type { KeyPage } from '../../../../platform/connection.ts';
import { highestSeq } from '../../../../platform/cursor.ts';
import { Prisma } from '../../../../prisma/chat/client/client.ts';
import { firstSeqOf } from '../../retention/first-seq.ts';
import type { MessageEditRecord, MessagePlace } from '../record.ts';

export interface NewEdit extends MessagePlace {
  version: number;
  sealedText: Uint8Array;
  /** The text until now, sealed as that of this edit. */
  sealedReplacedText: Uint8Array;
  mentionedUserIds: readonly string[];
  mentionsRoom: boolean;
  /** What search finds the message by from now on, each once. */
  words: readonly bigint[];
  editedAt: Date;
}

/**
 * Replaces a message's text, under the room's lock, and what mentions and search say of it. Resolves to those whom no text of
 * the message has mentioned before.
 */
export async function saveEdit(transaction: Prisma.TransactionClient, edit: NewEdit): Promise<string[]> {
  const { roomId, seq, version, sealedText, sealedReplacedText, mentionedUserIds, mentionsRoom, words, editedAt } =
    edit;
  // A statement of its own: what it removes, the next one may write again.
  await removeWords(transaction, edit);
  const rows = await transaction.$queryRaw<{ userId: string }[]>`
    WITH kept AS (
      INSERT INTO message_edit (room_id, seq, version, sealed_text, edited_at)
      VALUES (${roomId}::uuid, ${seq}, ${version}, ${sealedReplacedText}::bytea, ${editedAt})
    ), changed AS (
      UPDATE message SET sealed_text = ${sealedText}::bytea, edit_count = ${version}, edited_at = ${editedAt},
        words = ${words}::bigint[]
      WHERE room_id = ${roomId}::uuid AND seq = ${seq}
      RETURNING room_id, seq, id, number, author_id
    ), indexed AS (
      INSERT INTO message_word (room_id, word, message_id, seq)
      SELECT room_id, word, id, seq FROM changed CROSS JOIN unnest(${words}::bigint[]) AS word
    ), mentions_all AS (
      INSERT INTO room_mention (room_id, number, seq, author_id)
      SELECT room_id, number, seq, author_id FROM changed WHERE ${mentionsRoom} ON CONFLICT DO NOTHING
    ), mentions_all_no_more AS (
      DELETE FROM room_mention USING changed
      WHERE NOT ${mentionsRoom} AND room_mention.room_id = changed.room_id AND room_mention.number = changed.number
    ), others AS (
      UPDATE message_mention SET is_current = user_id = ANY(${mentionedUserIds}::uuid[])
      WHERE room_id = ${roomId}::uuid AND seq = ${seq}
    )
    INSERT INTO message_mention (room_id, seq, user_id, number)
    SELECT room_id, seq, user_id, number FROM changed CROSS JOIN unnest(${mentionedUserIds}::uuid[]) AS person(user_id)
    ON CONFLICT DO NOTHING RETURNING user_id AS "userId"`;
  return rows.map(({ userId }) => userId);
}

/** Takes a message out of search, under the room's lock. */
async function removeWords(transaction: Prisma.TransactionClient, { roomId, seq }: MessagePlace): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM message_word USING (
      SELECT id, word FROM message CROSS JOIN unnest(words) AS word WHERE room_id = ${roomId}::uuid AND seq = ${seq}
    ) AS entry
    WHERE message_word.room_id = ${roomId}::uuid AND message_word.word = entry.word AND message_id = entry.id`;
}

/** Removes everything that people have put into a message and on it, under the room's lock. The row keeps its place. */
export async function removeContent(
  transaction: Prisma.TransactionClient,
  { roomId, seq }: MessagePlace,
  deletedAt: Date,
): Promise<void> {
  await removeWords(transaction, { roomId, seq });
  await transaction.$executeRaw`
    WITH edits AS (
      DELETE FROM message_edit WHERE room_id = ${roomId}::uuid AND seq = ${seq}
    ), mentions AS (
      DELETE FROM message_mention WHERE room_id = ${roomId}::uuid AND seq = ${seq}
    ), mentions_all AS (
      DELETE FROM room_mention WHERE room_id = ${roomId}::uuid
        AND number = (SELECT number FROM message WHERE room_id = ${roomId}::uuid AND seq = ${seq})
    ), reactions AS (
      DELETE FROM reaction WHERE room_id = ${roomId}::uuid AND message_seq = ${seq}
    ), counts AS (
      DELETE FROM reaction_count WHERE room_id = ${roomId}::uuid AND message_seq = ${seq}
    ), pins AS (
      DELETE FROM pin WHERE room_id = ${roomId}::uuid AND message_seq = ${seq}
    )
    UPDATE message SET sealed_text = NULL, plain_text = NULL, sealed_attachments = NULL, deleted_at = ${deletedAt},
      words = '{}'
    WHERE room_id = ${roomId}::uuid AND seq = ${seq}`;
}

/** The same page of the edits of many messages, oldest first. */
export async function pageEdits(
  transaction: Prisma.TransactionClient,
  messages: readonly MessagePlace[],
  page: KeyPage<number>,
): Promise<MessageEditRecord[]> {
  return transaction.$queryRaw<MessageEditRecord[]>`
    SELECT edit.room_id AS "roomId", edit.seq, version, edit.sealed_text AS "sealedText", edit.edited_at AS "editedAt",
           message.id AS "messageId"
    FROM unnest(${messages.map(({ roomId }) => roomId)}::uuid[], ${messages.map(({ seq }) => seq)}::int[])
      AS wanted(id, number) CROSS JOIN LATERAL (
        SELECT * FROM message_edit
        WHERE room_id = wanted.id AND seq = wanted.number AND version > ${page.after ?? 0}
          AND version < ${page.before ?? highestSeq} AND seq >= ${firstSeqOf(Prisma.sql`wanted.id`)}
        ORDER BY version LIMIT ${page.limit + 1}) AS edit
      JOIN message ON message.room_id = edit.room_id AND message.seq = edit.seq
    ORDER BY edit.room_id, edit.seq, version`;
}
