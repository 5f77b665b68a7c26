import type { AppendOptions, LogEntry } from './engine.ts';

/** What a consumer group knows about an entry that was delivered and is not done. */
export interface PendingEntry {
  entry: LogEntry;
  attempt: number;
  /** When a failed delivery may be repeated, on the clock of `performance.now()`; null while a member handles it. */
  dueAt: number | null;
}

export interface ConsumerGroup {
  /** The ordinal of the next entry that nobody in the group has seen. */
  next: number;
  pending: Map<string, PendingEntry>;
}

/**
 * One durable log of the memory engine. Entries carry an ordinal beside their id: their count since the process
 * started, which neither retention nor a loss of memory turns back, so that a reader's place stays valid.
 */
export class MemoryLog {
  position: number | null = null;
  readonly #now: () => number;
  readonly #watchers = new Set<() => void>();
  readonly #groups = new Map<string, ConsumerGroup>();
  #entries: (LogEntry & { appendedAt: number })[] = [];
  #firstOrdinal = 0;
  #lastTime = 0;
  #lastSequence = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  append(values: readonly string[], { position, after, retentionMilliseconds }: AppendOptions): boolean {
    if (this.position !== after) return false;
    for (const value of values) this.#entries.push({ ...this.#nextId(), value });
    this.position = position;
    this.#dropOld(retentionMilliseconds);
    this.notify();
    return true;
  }

  /** Up to `limit` entries from an ordinal on, with the ordinal to go on from. */
  read(from: number, limit: number): { entries: LogEntry[]; next: number } {
    const start = Math.max(from - this.#firstOrdinal, 0);
    const entries = this.#entries.slice(start, start + limit).map(({ id, value }) => ({ id, value }));
    return { entries, next: this.#firstOrdinal + start + entries.length };
  }

  /** The ordinal of the first entry appended at `time` or later. */
  ordinalAt(time: number): number {
    const index = this.#entries.findIndex((entry) => entry.appendedAt >= time);
    return this.#firstOrdinal + (index === -1 ? this.#entries.length : index);
  }

  /** The group as it is now: looked up each time, because a loss of memory forgets groups too. */
  group(name: string): ConsumerGroup {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = { next: this.#firstOrdinal, pending: new Map() };
      this.#groups.set(name, group);
    }
    return group;
  }

  /** Calls back whenever there may be something new to do. */
  watch(onChange: () => void): void {
    this.#watchers.add(onChange);
  }

  unwatch(onChange: () => void): void {
    this.#watchers.delete(onChange);
  }

  notify(): void {
    for (const onChange of this.#watchers) onChange();
  }

  loseMemory(): void {
    this.#drop(this.#entries.length);
    this.#groups.clear();
    this.position = null;
  }

  /** Ids look and grow like those of Redis streams, also when the clock stands still or goes back. */
  #nextId(): { id: string; appendedAt: number } {
    const time = Math.max(this.#now(), this.#lastTime);
    this.#lastSequence = time === this.#lastTime ? this.#lastSequence + 1 : 0;
    this.#lastTime = time;
    return { id: `${time}-${this.#lastSequence}`, appendedAt: time };
  }

  #dropOld(retentionMilliseconds: number): void {
    const oldest = this.#now() - retentionMilliseconds;
    const kept = this.#entries.findIndex((entry) => entry.appendedAt >= oldest);
    this.#drop(kept === -1 ? this.#entries.length : kept);
  }

  #drop(count: number): void {
    const dropped = this.#entries.splice(0, count);
    this.#firstOrdinal += dropped.length;
    for (const group of this.#groups.values()) {
      for (const { id } of dropped) group.pending.delete(id);
    }
  }
}
