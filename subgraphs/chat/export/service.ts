import { codedError } from '../../../platform/errors.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { requireAllowed } from '../access.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { placeKey } from '../messages/record.ts';
import { pageMessages } from '../messages/repository.ts';
import { can, canKnowRoom } from '../policy.ts';
import { findReactions } from '../reactions/repository.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms } from '../rooms/repository.ts';
import { findWebhooks } from '../webhooks/repository.ts';
import { describeMessage, describeRoom, line } from './lines.ts';

/** Messages that an export has in memory at once. After each batch it tells how far it is. */
export const exportBatchSize = 200;

/** The use case of export, for one request. */
export function createExportService({ database, encryption, now }: ChatDependencies, viewer: Viewer) {
  async function findRoom(roomId: string): Promise<RoomRecord | null> {
    const [room] = await findRooms(database, [roomId], viewer.userId, now());
    return room !== undefined && canKnowRoom(viewer, room) ? room : null;
  }

  /** A room that the viewer may export. @throws a coded error, or the Failure that says why not */
  async function requireRoom(roomId: string): Promise<RoomRecord> {
    const room = await findRoom(roomId);
    if (room === null) throw codedError('NOT_FOUND', 'There is no such room.');
    requireAllowed(viewer, 'room:export', room);
    return room;
  }

  /**
   * The lines of an export: the messages after `afterSeq` up to the room's head at the start. It reads a batch when the one before
   * has been taken. That there may be another is decided anew each time: who has no access any more gets an error line,
   * and no end line.
   */
  async function* exportRoom(room: RoomRecord, afterSeq: number): AsyncGenerator<string, void, undefined> {
    const { id: roomId, headSeq: toSeq } = room;
    const description = await describeRoom(encryption, room);
    yield line({ type: 'export', room: description, fromSeq: afterSeq + 1, toSeq, exportedAt: now().toISOString() });
    let messages = 0;
    let seq = afterSeq;
    while (seq < toSeq) {
      const batch = await readBatch(roomId, seq, toSeq);
      // After the reading, so that nothing goes out that was read without access.
      const roomNow = await findRoom(roomId);
      if (roomNow === null) return yield line({ type: 'error', code: 'NOT_FOUND' });
      if (!can(viewer, 'room:export', roomNow)) return yield line({ type: 'error', code: 'FORBIDDEN' });
      messages += batch.messages.length;
      seq = batch.messages.length === exportBatchSize ? (batch.messages.at(-1)?.seq ?? toSeq) : toSeq;
      yield (await describeBatch(batch)) + line({ type: 'progress', seq, toSeq });
    }
    yield line({ type: 'end', messages });
  }

  /** The next messages with all that their lines tell, by a number of statements that does not grow with theirs. */
  async function readBatch(roomId: string, after: number, toSeq: number) {
    // A page has one more than its limit.
    const page = { direction: 'forward', limit: exportBatchSize - 1, after, before: toSeq + 1 } as const;
    const messages = await pageMessages(database, [roomId], page);
    const webhookIds = new Set(messages.map(({ webhookId }) => webhookId).filter((id) => id !== null));
    const [reactions, webhooks] = await Promise.all([
      messages.length > 0 ? findReactions(database, messages, null) : [],
      webhookIds.size > 0 ? findWebhooks(database, [...webhookIds]) : [],
    ]);
    return { messages, reactions, webhooks };
  }

  async function describeBatch({ messages, reactions, webhooks }: Awaited<ReturnType<typeof readBatch>>) {
    const reactionsOf = Map.groupBy(reactions, placeKey);
    const webhookOf = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
    const lines = messages.map(async (message) => {
      const webhook = webhookOf.get(message.webhookId ?? '') ?? null;
      return line(await describeMessage(encryption, message, reactionsOf.get(placeKey(message)) ?? [], webhook));
    });
    return (await Promise.all(lines)).join('');
  }

  return { requireRoom, exportRoom };
}
