import type { LogBounds } from '../../../platform/log-feed/open-log.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import { messageColumns } from '../messages/columns.ts';
import { firstSeqOf } from '../retention/first-seq.ts';
import { type RoomEventRecord, type RoomEventRow, standingKinds, toRoomEventRecord } from './record.ts';

export async function readBounds(
  transaction: Prisma.TransactionClient,
  roomIds: readonly string[],
): Promise<Map<string, LogBounds>> {
  const rooms = await transaction.room.findMany({
    where: { id: { in: [...roomIds] } },
    select: { id: true, firstSeq: true, headSeq: true },
  });
  return new Map(rooms.map(({ id, firstSeq, headSeq }) => [id, { first: firstSeq, head: headSeq }]));
}

/** Events after a `seq` that retention has left, in order, each with the message that it is about (see `messageSeqOf`). */
export async function readEvents(
  transaction: Prisma.TransactionClient,
  roomId: string,
  afterSeq: number,
  limit: number,
): Promise<RoomEventRecord[]> {
  const firstSeq = firstSeqOf(Prisma.sql`${roomId}::uuid`);
  const rows = await transaction.$queryRaw<RoomEventRow[]>`
    SELECT event.seq AS "eventSeq", kind, actor_id AS "actorId", occurred_at AS "occurredAt", data, ${messageColumns}
    FROM room_event AS event LEFT JOIN message
      ON message.room_id = event.room_id AND message.seq = coalesce((data->>'messageSeq')::integer, event.seq)
        AND message.seq >= ${firstSeq}
    WHERE event.room_id = ${roomId}::uuid AND event.seq > ${afterSeq} AND event.seq >= ${firstSeq}
    ORDER BY event.seq LIMIT ${limit}`;
  const events = rows.map((row) => toRoomEventRecord({ ...row, roomId }));
  // Of a room that is being removed for good, messages go before their events: the log is read no further than it is whole.
  const firstTorn = events.findIndex(({ kind, message }) => kind === 'MESSAGE_SENT' && message === null);
  return firstTorn < 0 ? events : events.slice(0, firstTorn);
}

/** Adds events that follow each other to the end of a log, under the room's lock, as one statement. */
export async function insertEvents(
  transaction: Prisma.TransactionClient,
  roomId: string,
  events: readonly Omit<RoomEventRecord, 'message'>[],
): Promise<void> {
  await transaction.$executeRaw`
    WITH added AS (
      INSERT INTO room_event (room_id, seq, kind, actor_id, occurred_at, data)
      SELECT ${roomId}::uuid, seq, kind, "actorId", "occurredAt", data
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        AS event(seq integer, kind room_event_kind, "actorId" uuid, "occurredAt" timestamptz, data jsonb)
      RETURNING seq, kind
    )
    UPDATE room SET head_seq = (SELECT max(seq) FROM added),
      standing_version = standing_version + (SELECT count(*) FROM added WHERE kind::text = ANY(${standingKinds}))
    WHERE id = ${roomId}::uuid`;
}
