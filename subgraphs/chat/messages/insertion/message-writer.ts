import type { Pool } from 'pg';
import type { MessageRecord } from '../record.ts';
import { createInsertion, type Insertion, type InsertMessages, type NewMessage } from './repository.ts';

/** Stores the messages of one process. */
export interface MessageWriter {
  /** Resolves to null, and has changed nothing, when the message is refused: see `InsertMessages`. */
  write(message: NewMessage): Promise<MessageRecord | null>;
}

/** Rooms are spread over so many lanes. Each stores one batch at a time, and beside it one for each room that is waited for. */
const laneCount = 2;
const messagesPerBatch = 64;

/**
 * Stores messages in groups (https://en.wikipedia.org/wiki/Group_commit): what comes while a statement is under way goes with the
 * next one. Nobody waits for company: a message that comes alone goes at once. So a busy room is not held up by one commit for
 * each message, and what a statement costs is shared.
 */
export function createMessageWriter(pool: Pool): MessageWriter {
  const insert = createInsertion(pool);
  const lanes = Array.from({ length: laneCount }, () => createLane(insert));
  return {
    write: (message) => (lanes[laneOf(message.roomId)] as MessageWriter).write(message),
  };
}

/** All messages of a room go through one lane, so that a process never waits for itself. The end of an id is random. */
function laneOf(roomId: string): number {
  return Number.parseInt(roomId.slice(-8), 16) % laneCount;
}

interface Item {
  message: NewMessage;
  /** Author and room. */
  key: string;
  resolve(message: MessageRecord | null): void;
  reject(error: unknown): void;
}

function createLane(insert: InsertMessages): MessageWriter {
  let waiting: Item[] = [];
  /** What somebody sends in a room is stored one after the other, in its order. */
  const underWay = new Set<string>();
  /** By room that somebody else holds, those who stand behind the one who waits for it. */
  const heldRooms = new Map<string, Item[]>();
  let isDraining = false;

  function takeBatch(): Item[] {
    const batch: Item[] = [];
    const left: Item[] = [];
    for (const item of waiting) {
      const isNext = batch.length < messagesPerBatch && !underWay.has(item.key);
      if (isNext) underWay.add(item.key);
      (isNext ? batch : left).push(item);
    }
    waiting = left;
    return batch;
  }

  async function drain(): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) await storeBatch(batch);
    isDraining = false;
  }

  async function storeBatch(batch: readonly Item[]): Promise<void> {
    let insertions: Insertion[];
    try {
      const messages = batch.map(({ message }) => message);
      // A room that somebody else is changing holds up nobody but those who write there.
      insertions = await insert(messages, 'skip');
    } catch (error) {
      // Which of them it was shows when each is stored by itself.
      if (isOfOneMessage(error)) void storeEach(batch);
      else for (const item of batch) finish(item, () => item.reject(error));
      return;
    }
    for (const [place, item] of batch.entries()) {
      const insertion = insertions[place];
      if (insertion === undefined || insertion.outcome === 'skipped') void waitForRoom(item);
      else finish(item, () => item.resolve(insertion.outcome === 'stored' ? insertion.message : null));
    }
  }

  /** One of a room waits for it, in a statement of its own; however many others there are, they hold no connection. */
  async function waitForRoom(item: Item): Promise<void> {
    const { roomId } = item.message;
    const behind = heldRooms.get(roomId);
    if (behind) {
      behind.push(item);
      return;
    }
    const others: Item[] = [];
    heldRooms.set(roomId, others);
    await storeAlone(item);
    heldRooms.delete(roomId);
    for (const { key } of others) underWay.delete(key);
    // The room was free a moment ago: they go together again.
    waiting = [...others, ...waiting];
    void drain();
  }

  async function storeEach(batch: readonly Item[]): Promise<void> {
    for (const item of batch) await storeAlone(item);
  }

  async function storeAlone(item: Item): Promise<void> {
    try {
      const [insertion] = await insert([item.message], 'wait');
      finish(item, () => item.resolve(insertion?.outcome === 'stored' ? insertion.message : null));
    } catch (error) {
      finish(item, () => (isStoredAlready(error) ? item.resolve(null) : item.reject(error)));
    }
  }

  function finish({ key }: Item, tell: () => void): void {
    underWay.delete(key);
    tell();
    if (waiting.length > 0) void drain();
  }

  return {
    write(message) {
      const { promise, resolve, reject } = Promise.withResolvers<MessageRecord | null>();
      waiting.push({ message, key: `${message.authorId} ${message.roomId}`, resolve, reject });
      void drain();
      return promise;
    },
  };
}

/**
 * The classes of a statement that failed by what was in it, or by what somebody else did to a row of it
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
function isOfOneMessage(error: unknown): boolean {
  return /^(2[23]|40)/.test(readField(error, 'code'));
}

/** It lost a race against its own repetition. Each partition has an index of its own name, which PostgreSQL makes up. */
function isStoredAlready(error: unknown): boolean {
  return /^message_\d\d_room_id_author_id_client_message_id_idx$/.test(readField(error, 'constraint'));
}

function readField(error: unknown, name: string): string {
  return String((error as Record<string, unknown> | null)?.[name] ?? '');
}
