import type { RoomSignalRecord, SentSignal } from './record.ts';

/** People who are shown as typing in one room; more are left out. */
export const typingLimit = 100;

export type SignalListener = (signal: RoomSignalRecord, afterSeq: number) => void;

interface Typing {
  expiresAt: number;
  afterSeq: number;
}

export interface RoomChannelOptions {
  roomId: string;
  lifetimeMilliseconds: number;
  now: () => Date;
}

/** The signals of one room, for all who follow them in this process: knows who is typing, and lets it end by itself. */
export class RoomChannel {
  readonly #options: RoomChannelOptions;
  readonly #listeners = new Set<SignalListener>();
  readonly #typing = new Map<string, Typing>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RoomChannelOptions) {
    this.#options = options;
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /** Tells at once who is typing, and then whatever comes. */
  add(listener: SignalListener): void {
    this.#listeners.add(listener);
    for (const [userId, { expiresAt, afterSeq }] of this.#typing) listener(this.#typingOf(userId, expiresAt), afterSeq);
  }

  remove(listener: SignalListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.stop();
  }

  accept(sent: SentSignal): void {
    const { userId, afterSeq } = sent;
    if (sent.kind === 'READ') {
      this.#tell({ kind: 'READ', roomId: this.#options.roomId, userId, seq: sent.seq }, afterSeq);
    } else if (sent.isTyping) {
      this.#start(userId, afterSeq);
    } else if (this.#typing.delete(userId)) {
      this.#tell(this.#typingOf(userId, null), afterSeq);
    }
  }

  stop(): void {
    this.#typing.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #start(userId: string, afterSeq: number): void {
    if (!this.#typing.has(userId) && this.#typing.size >= typingLimit) return;
    const expiresAt = this.#options.now().getTime() + this.#options.lifetimeMilliseconds;
    // The order of the map is the order in which they end.
    this.#typing.delete(userId);
    this.#typing.set(userId, { expiresAt, afterSeq });
    this.#tell(this.#typingOf(userId, expiresAt), afterSeq);
    this.#timer ??= this.#wait(this.#options.lifetimeMilliseconds);
  }

  #wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = null;
      this.#expire();
    }, milliseconds);
  }

  #expire(): void {
    const at = this.#options.now().getTime();
    for (const [userId, { expiresAt, afterSeq }] of this.#typing) {
      if (expiresAt > at) {
        this.#timer = this.#wait(expiresAt - at);
        return;
      }
      this.#typing.delete(userId);
      this.#tell(this.#typingOf(userId, null), afterSeq);
    }
  }

  #typingOf(userId: string, expiresAt: number | null): RoomSignalRecord {
    const { roomId } = this.#options;
    return { kind: 'TYPING', roomId, userId, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
  }

  #tell(signal: RoomSignalRecord, afterSeq: number): void {
    for (const listener of this.#listeners) listener(signal, afterSeq);
  }
}
