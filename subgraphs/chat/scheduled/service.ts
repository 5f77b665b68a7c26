import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure, notAMember } from '../failure.ts';
import { holdMember } from '../members/repository.ts';
import type { WrittenContent } from '../messages/composing.ts';
import { findMessageByClientId } from '../messages/repository.ts';
import { createSending } from '../messages/sending.ts';
import { checkText } from '../messages/text.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type {
  CancelScheduledMessageInput,
  ScheduleMessageInput,
  UpdateScheduledMessageInput,
} from '../schema.types.ts';
import type { ScheduledMessageRecord } from './record.ts';
import {
  cancelScheduled,
  countKept,
  findScheduled,
  findScheduledByName,
  insertScheduled,
  type NewScheduledMessage,
  updateWaiting,
} from './repository.ts';
import { openAttachments, openScheduledText, placeOfAttachments, placeOfScheduledText } from './sealing.ts';

/** Of one person in one room: those that wait, and those that failed and are not discarded. */
export const scheduledMessageLimit = 100;
export const scheduleAheadLimitDays = 366;

const dayMilliseconds = 86_400_000;

/** The use cases of messages to be sent later, for one request. `scheduler.ts` sends them. */
export function createScheduledService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption, now } = dependencies;
  const { viewer, loaders } = request;
  const sending = createSending(dependencies, request);

  async function scheduleMessage(input: ScheduleMessageInput): Promise<{ scheduledMessage: ScheduledMessageRecord }> {
    const { userId: authorId } = requireViewer(request, canWriteToRooms);
    const { roomId, clientMessageId } = input;
    checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
    const room = await requireRoom(request, roomId);
    const name = { roomId, authorId, clientMessageId };
    // A retry gets the first result also when its time has come by now, or its author may not send any more.
    const earlier = room.role && (await findScheduledByName(database, name));
    if (earlier) return { scheduledMessage: earlier };
    requireAllowed(viewer, 'message:send', room);
    const content = await sending.checkWritten(input);
    const sendAt = checkSendAt(input.sendAt, now());
    if (await findMessageByClientId(database, name)) {
      const message = 'A message with this name has been sent already.';
      throw new Failure('CLIENT_MESSAGE_ID_USED', message, ['clientMessageId']);
    }
    const sealed = await seal(content, room.keyVersion);
    const replyToMessageId = input.replyToMessageId ?? null;
    return { scheduledMessage: await keep({ ...name, ...sealed, replyToMessageId, sendAt, createdAt: now() }) };
  }

  async function seal({ roomId, text, attachments }: WrittenContent, keyVersion: number) {
    const id = newId();
    const [sealedText, sealedAttachments] = await Promise.all([
      encryption.seal(placeOfScheduledText({ id, roomId }), keyVersion, text),
      attachments.length > 0
        ? encryption.seal(placeOfAttachments({ id, roomId }), keyVersion, JSON.stringify(attachments))
        : null,
    ]);
    return { id, sealedText, sealedAttachments };
  }

  /** One after the other for each person in a room: retries that race, and whoever reaches the limit. */
  async function keep(scheduled: NewScheduledMessage): Promise<ScheduledMessageRecord> {
    const { roomId, authorId } = scheduled;
    return database.$transaction(async (transaction) => {
      if (!(await holdMember(transaction, roomId, authorId))) throw notAMember();
      const earlier = await findScheduledByName(transaction, scheduled);
      if (earlier !== null) return earlier;
      if ((await countKept(transaction, roomId, authorId)) >= scheduledMessageLimit) {
        const message = `At most ${scheduledMessageLimit} messages of one person wait in a room.`;
        throw new Failure('SCHEDULED_MESSAGE_LIMIT_REACHED', message, ['roomId']);
      }
      return insertScheduled(transaction, scheduled);
    });
  }

  async function updateScheduledMessage({ scheduledMessageId, text, sendAt }: UpdateScheduledMessageInput) {
    const { userId } = requireViewer(request, canWriteToRooms);
    const scheduled = await requireOwn(scheduledMessageId, userId);
    const room = await requireRoom(request, scheduled.roomId);
    requireAllowed(viewer, 'message:send', room);
    const checked = text == null ? null : checkText(text, { mayBeEmpty: scheduled.sealedAttachments !== null });
    const updated = await updateWaiting(database, scheduled.id, {
      sealedText:
        checked === null ? null : await encryption.seal(placeOfScheduledText(scheduled), room.keyVersion, checked),
      sendAt: sendAt == null ? null : checkSendAt(sendAt, now()),
    });
    if (updated === null) throw notWaiting();
    return { scheduledMessage: updated };
  }

  async function cancelScheduledMessage({ scheduledMessageId }: CancelScheduledMessageInput) {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { id } = await requireOwn(scheduledMessageId, userId);
    const cancelled = await cancelScheduled(database, id, userId);
    if (cancelled === null) throw notWaiting();
    return { scheduledMessage: cancelled };
  }

  async function requireOwn(id: string, userId: string): Promise<ScheduledMessageRecord> {
    const scheduled = isId(id) ? await findScheduled(database, id, userId) : null;
    if (scheduled !== null) return scheduled;
    throw new Failure('SCHEDULED_MESSAGE_NOT_FOUND', 'There is no such scheduled message.', ['scheduledMessageId']);
  }

  async function pageScheduled(room: RoomRecord, args: PageArguments): Promise<Connection<ScheduledMessageRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('scheduled', room.id, cursor));
    const rows = can(viewer, 'room:read', room) ? await loaders.scheduledPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, id }) => encodeCursor('scheduled', roomId, id),
      (row) => row,
    );
  }

  return {
    scheduleMessage,
    updateScheduledMessage,
    cancelScheduledMessage,
    pageScheduled,
    readText: (scheduled: ScheduledMessageRecord) => openScheduledText(encryption, scheduled),
    readAttachments: (scheduled: ScheduledMessageRecord) => openAttachments(encryption, scheduled),
  };
}

function notWaiting(): Failure {
  const message = 'This message does not wait to be sent any more.';
  return new Failure('SCHEDULED_MESSAGE_NOT_WAITING', message, ['scheduledMessageId']);
}

/** A time in the future, and not too far away. */
function checkSendAt(sendAt: Date | string, now: Date): Date {
  const time = new Date(sendAt);
  if (time > now && time.getTime() - now.getTime() <= scheduleAheadLimitDays * dayMilliseconds) return time;
  const message = `The time must be in the future, at most ${scheduleAheadLimitDays} days from now.`;
  throw new Failure('TIME_INVALID', message, ['sendAt']);
}
