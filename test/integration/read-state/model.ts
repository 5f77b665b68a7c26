import type { RoomEventRecord } from '../../../subgraphs/chat/log/record.ts';

/** What a person should see of a room. */
export interface Unread {
  unreadCount: number;
  unreadMentionCount: number;
  viewerReadSeq: number;
}

export interface Person {
  userId: string;
  username: string;
}

type LogEvent = Pick<RoomEventRecord, 'seq' | 'kind' | 'actorId' | 'data'>;

/** What the events of some kinds keep. */
interface EventData {
  userId?: string;
  messageSeq?: number;
  version?: number;
  to?: string;
}

/** A move of a read mark that was acknowledged. */
interface Move {
  direction: 'forward' | 'back';
  seq: number;
}

export type RoomKind = 'PUBLIC' | 'PRIVATE' | 'GROUP' | 'DIRECT';

interface Room {
  kind: RoomKind;
  log: LogEvent[];
  /** By `seq` of the message: what it was sent with, and then the text of each edit. */
  texts: Map<number, string[]>;
  /** By person, since they were not a member the last time. */
  moves: Map<string, Move[]>;
}

interface CountedMessage {
  seq: number;
  authorId: string;
  mentioned: ReadonlySet<string>;
}

const mentioningEverybody = new Set(['OWNER', 'ADMIN', 'MODERATOR']);

/**
 * What read state should be, counted from nothing but the log's events and what was acknowledged: it knows none of the tables that
 * the service counts in, and keeps no count.
 */
export class Model {
  readonly #people: readonly Person[];
  readonly #rooms = new Map<string, Room>();

  constructor(people: readonly Person[]) {
    this.#people = people;
  }

  get roomIds(): string[] {
    return [...this.#rooms.keys()];
  }

  /** Of a direct room somebody may know already. */
  addRoom(roomId: string, kind: RoomKind): void {
    if (!this.#rooms.has(roomId)) this.#rooms.set(roomId, { kind, log: [], texts: new Map(), moves: new Map() });
  }

  countOf(kind: RoomKind): number {
    return [...this.#rooms.values()].filter((room) => room.kind === kind).length;
  }

  removeRoom(roomId: string): void {
    this.#rooms.delete(roomId);
  }

  /** The message may be known: then this was a retry, which moves nothing. */
  sent(roomId: string, userId: string, seq: number, text: string): void {
    const room = this.#rooms.get(roomId);
    if (room === undefined || room.texts.has(seq)) return;
    room.texts.set(seq, [text]);
    this.moved(roomId, userId, { direction: 'forward', seq });
  }

  edited(roomId: string, seq: number, version: number, text: string): void {
    const texts = this.#rooms.get(roomId)?.texts.get(seq);
    if (texts !== undefined) texts[version] = text;
  }

  moved(roomId: string, userId: string, move: Move): void {
    const moves = this.#rooms.get(roomId)?.moves;
    if (moves?.get(userId)?.push(move) === undefined) moves?.set(userId, [move]);
  }

  ended(roomId: string, userId: string): void {
    this.#rooms.get(roomId)?.moves.delete(userId);
  }

  headSeq(roomId: string): number {
    return this.#rooms.get(roomId)?.log.length ?? 0;
  }

  /** Takes what came to the log of a room. @throws when it leaves a gap. */
  extend(roomId: string, events: readonly LogEvent[]): void {
    // With the last of its members, too; what was before that event is being removed.
    if (events.some(({ kind }) => kind === 'ROOM_DELETED')) this.removeRoom(roomId);
    const log = this.#rooms.get(roomId)?.log;
    for (const event of log ? events : []) {
      if (event.seq !== (log?.length ?? 0) + 1) throw new Error(`The log of ${roomId} has a gap before ${event.seq}.`);
      log?.push(event);
    }
  }

  /** What everybody should see, by person and room. */
  recount(): Map<string, Map<string, Unread>> {
    const counted = new Map(this.#people.map(({ userId }) => [userId, new Map<string, Unread>()]));
    for (const [roomId, room] of this.#rooms) {
      for (const [userId, unread] of this.#recountRoom(room)) counted.get(userId)?.set(roomId, unread);
    }
    return counted;
  }

  #recountRoom(room: Room): Map<string, Unread> {
    const roles = new Map<string, string>();
    const joinedAfter = new Map<string, number>();
    const messages: CountedMessage[] = [];
    const places = new Map<number, number>();
    for (const event of room.log) this.#replay(event, { room, roles, joinedAfter, messages, places });
    return new Map(
      [...roles.keys()].map((userId) => {
        const mark = markOf(room.moves.get(userId) ?? [], joinedAfter.get(userId) ?? 0, messages);
        const unread = messages.slice(mark);
        const unreadMentionCount = unread.filter(
          ({ authorId, mentioned }) => mentioned.has(userId) || (mentioned.has('everybody') && authorId !== userId),
        ).length;
        return [
          userId,
          { unreadCount: unread.length, unreadMentionCount, viewerReadSeq: messages[mark - 1]?.seq ?? 0 },
        ];
      }),
    );
  }

  #replay(
    { seq, kind, actorId, data }: LogEvent,
    state: {
      room: Room;
      roles: Map<string, string>;
      joinedAfter: Map<string, number>;
      messages: CountedMessage[];
      places: Map<number, number>;
    },
  ): void {
    const { room, roles, joinedAfter, messages, places } = state;
    const { userId = actorId, messageSeq = seq, version = 0, to } = data as EventData;
    const text = room.texts.get(messageSeq)?.[version];
    const place = places.get(messageSeq) ?? messages.length;
    if (kind === 'ROOM_CREATED' || kind === 'MEMBER_JOINED') {
      roles.set(userId, kind === 'ROOM_CREATED' && room.kind !== 'DIRECT' ? 'OWNER' : 'MEMBER');
      joinedAfter.set(userId, messages.length);
    } else if (kind === 'MEMBER_LEFT' || kind === 'MEMBER_KICKED' || kind === 'MEMBER_BANNED') roles.delete(userId);
    else if (kind === 'ROLE_CHANGED') roles.set(userId, to ?? '');
    else if (kind === 'MESSAGE_SENT' || kind === 'MESSAGE_EDITED') {
      if (text === undefined) throw new Error(`Nobody was told of ${kind} ${seq}.`);
      places.set(messageSeq, place);
      messages[place] = { seq: messageSeq, authorId: actorId, mentioned: this.#mentionedBy(text, actorId, roles) };
    } else if (kind === 'MESSAGE_DELETED')
      messages[place] = { ...(messages[place] as CountedMessage), mentioned: new Set() };
    else if (kind !== 'MEMBER_UNBANNED') throw new Error(`The model knows no ${kind}.`);
  }

  #mentionedBy(text: string, authorId: string, roles: ReadonlyMap<string, string>): ReadonlySet<string> {
    const words = text.split(' ');
    const mentioned = this.#people.filter(
      ({ userId, username }) => userId !== authorId && roles.has(userId) && words.includes(`@${username}`),
    );
    const everybody = words.includes('@room') && mentioningEverybody.has(roles.get(authorId) ?? '');
    return new Set([...mentioned.map(({ userId }) => userId), ...(everybody ? ['everybody'] : [])]);
  }
}

/** How many of the messages a mark has passed. */
function markOf(moves: readonly Move[], start: number, messages: readonly CountedMessage[]): number {
  return moves.reduce((mark, { direction, seq }) => {
    return direction === 'forward'
      ? Math.max(mark, countUpTo(messages, seq))
      : Math.min(mark, countUpTo(messages, seq - 1));
  }, start);
}

/** How many messages stand at or before a `seq`. */
function countUpTo(messages: readonly CountedMessage[], seq: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as CountedMessage).seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
