import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { EventEnvelope } from '../../../platform/events.ts';
import { isId } from '../../../platform/identifiers.ts';
import { requireViewer } from '../access.ts';
import { holdAccounts } from '../accounts/repository.ts';
import type { SealedReason } from '../audit/reason.ts';
import { entryOf, type NewModerationEntry } from '../audit/record.ts';
import { insertEntries } from '../audit/repository.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { roomNotFound } from '../failure.ts';
import { settleInvitations } from '../invitations/settling.ts';
import { findMessagesBySeq } from '../messages/repository.ts';
import { canKnowRoom, canWriteToRooms, type MemberRole, type RoomStanding } from '../policy.ts';
import type { Transaction } from '../repository.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms, lockRoom } from '../rooms/repository.ts';
import { settleWebhooks } from '../webhooks/settling.ts';
import { messageSeqOf, type RoomEventData, type RoomEventKind, type RoomEventRecord } from './record.ts';
import { insertEvents } from './repository.ts';

/** A room under its lock, for whoever changes something in it. */
export interface RoomChange {
  transaction: Transaction;
  /** As it is under the lock: nothing about the room changes until the transaction ends but what `work` changes. */
  room: RoomRecord;
  /** The actor's membership; null for somebody who is no member. */
  member: { userId: string; role: MemberRole; readMessageNumber: number } | null;
  /** Those of `accountIds` that chat knows and that are not deleted. They can't be deleted before the transaction ends. */
  accounts: ReadonlySet<string>;
  /** What the events of this change will have as their time. */
  occurredAt: Date;
  /**
   * Adds an event to the log and returns its `seq`. It is written when `work` is done. What a moderator does goes into the
   * room's record by itself, with the reason that they give.
   */
  append<Kind extends RoomEventKind>(kind: Kind, data: RoomEventData[Kind], reason?: SealedReason | null): number;
  /** Adds to the record of what moderators do something that is no event. It is written when `work` is done. */
  record(entry: NewModerationEntry): void;
  /** Adds an event for other subgraphs to the outbox. It is written when `work` is done. */
  emit(event: EventEnvelope): void;
}

export interface RoomChangeOptions {
  /** Accounts that `work` gives something to: members to add, for instance. */
  accountIds?: readonly string[];
  /** Whether the viewer may come near the room at all. Default: whoever may know of it. */
  canEnter?: (room: RoomStanding) => boolean;
}

/**
 * Changes something in a room for the viewer: the way of every change but those that are a single statement: opening a
 * room, and sending, be it by a webhook or at a time. In one transaction it locks the room, reads the room
 * and the viewer's membership anew, lets `work` decide by `can(viewer, action, room)` and write, and adds the events to
 * the log. After the commit they are published live. What `work` throws rolls everything back: a `Failure` becomes a user
 * error. Work that appends nothing has changed nothing that anybody needs to hear of, as a retry should.
 *
 *     await changeRoom(dependencies, request, roomId, async ({ transaction, room, occurredAt, append }) => {
 *       requireAllowed(request.viewer, 'room:archive', room);
 *       await updateArchived(transaction, roomId, occurredAt);
 *       append('ROOM_ARCHIVED', {});
 *     });
 *
 * What has to be sealed is best sealed before, outside of the lock.
 */
export async function changeRoom<Result>(
  dependencies: ChatDependencies,
  request: ChatRequest,
  roomId: string,
  work: (change: RoomChange) => Promise<Result>,
  options: RoomChangeOptions = {},
): Promise<Result> {
  const viewer = requireViewer(request, canWriteToRooms);
  const { canEnter = (room: RoomStanding) => canKnowRoom(viewer, room) } = options;
  const guarded = async (change: RoomChange) => {
    if (!canEnter(change.room)) throw roomNotFound();
    return work(change);
  };
  const result = await changeRoomAs(dependencies, viewer.userId, roomId, guarded, options);
  request.loaders.knownRoom.clear(roomId);
  return result;
}

/** The same without a viewer, for what happens by itself: `actorId` is whose doing it is in the log. Asks no policy. */
export async function changeRoomAs<Result>(
  { database, feed, relay, now }: ChatDependencies,
  actorId: string,
  roomId: string,
  work: (change: RoomChange) => Promise<Result>,
  { accountIds = [] }: Pick<RoomChangeOptions, 'accountIds'> = {},
): Promise<Result> {
  if (!isId(roomId)) throw roomNotFound();
  const committed = await database.$transaction(async (transaction) => {
    const accounts = accountIds.length > 0 ? await holdAccounts(transaction, accountIds) : new Set<string>();
    // A statement of its own: the next one sees what an earlier holder of the lock has done.
    const isThere = await lockRoom(transaction, roomId);
    const occurredAt = now();
    const [room] = isThere ? await findRooms(transaction, [roomId], actorId, occurredAt) : [];
    if (room === undefined) throw roomNotFound();
    const { events, emitted, entries, reasons, ...add } = collectFor(room, actorId, occurredAt);
    const member = memberOf(room, actorId);
    const result = await work({ transaction, room, member, accounts, occurredAt, ...add });
    for (const webhookId of await settleWebhooks(transaction, roomId, events, occurredAt)) {
      add.append('WEBHOOK_REVOKED', { webhookId });
    }
    if (events.length > 0) await insertEvents(transaction, roomId, events);
    await settleInvitations(transaction, roomId, events, occurredAt);
    for (const event of emitted) await writeToOutbox(transaction, event);
    const published = await withMessages(transaction, roomId, events);
    const audited = published.flatMap((event) => entryOf(event, reasons.get(event.seq) ?? null) ?? []);
    await insertEntries(transaction, { roomId, actorId, occurredAt }, [...audited, ...entries]);
    return { result, events: published, hasEmitted: emitted.length > 0 };
  });
  for (const event of committed.events) feed.publish(roomId, event);
  if (committed.hasEmitted) relay.wake();
  return committed.result;
}

/** Collects what a change is going to write. */
function collectFor({ id: roomId, headSeq }: RoomRecord, actorId: string, occurredAt: Date) {
  const events: Omit<RoomEventRecord, 'message'>[] = [];
  const emitted: EventEnvelope[] = [];
  const entries: NewModerationEntry[] = [];
  /** By the `seq` of their event. */
  const reasons = new Map<number, SealedReason>();
  const append: RoomChange['append'] = (kind, data, reason = null) => {
    const seq = headSeq + events.length + 1;
    if (reason !== null) reasons.set(seq, reason);
    events.push({ roomId, seq, kind, actorId, occurredAt: occurredAt.toISOString(), data });
    return seq;
  };
  const emit = (event: EventEnvelope) => void emitted.push(event);
  const record = (entry: NewModerationEntry) => void entries.push(entry);
  return { events, emitted, entries, reasons, append, emit, record };
}

function memberOf({ role, readMessageNumber }: RoomRecord, userId: string): RoomChange['member'] {
  return role === null ? null : { userId, role, readMessageNumber: readMessageNumber ?? 0 };
}

/** Each event with the message that it is about, as whoever reads the log later gets it. */
async function withMessages(
  transaction: Transaction,
  roomId: string,
  events: readonly Omit<RoomEventRecord, 'message'>[],
): Promise<RoomEventRecord[]> {
  const seqs = events.map(messageSeqOf).filter((seq) => seq !== null);
  const messages = seqs.length > 0 ? await findMessagesBySeq(transaction, roomId, seqs) : [];
  const messagesBySeq = new Map(messages.map((message) => [message.seq, message]));
  return events.map((event) => ({ ...event, message: messagesBySeq.get(messageSeqOf(event) ?? 0) ?? null }));
}
