import type { Logger } from 'pino';
import type { Engine, Subscription } from '../engine/engine.ts';
import { type AmendEarlier, EventWindow, type LogEvent, windowLimit } from './event-window.ts';

/** Where a log begins and ends. */
export interface LogBounds {
  /** The oldest `seq` that is retained; 1 until something has been removed. */
  first: number;
  /** The newest `seq`; 0 for a log without entries. */
  head: number;
}

/** Where the truth about a kind of logs is read. */
export interface LogSource<Event extends LogEvent> {
  /** The bounds of each log, from the database; absent for a log without entries. */
  readBounds(keys: readonly string[]): Promise<ReadonlyMap<string, LogBounds>>;
  /** Up to `limit` events after a `seq`, in order, from the database: none that is no longer retained. */
  readEvents(key: string, afterSeq: number, limit: number): Promise<Event[]>;
}

export interface OpenLogOptions<Event extends LogEvent> {
  key: string;
  channel: string;
  engine: Engine;
  source: LogSource<Event>;
  logger: Logger;
  amendEarlier?: AmendEarlier<Event> | undefined;
}

/** What travels on a log's channel: an event, or the notice that what came before `first` is no longer retained. */
export type Publication<Event> = Event | { first: number };

const unwrittenLog: LogBounds = { first: 1, head: 0 };

/** Publications of two writers may cross on the way: a missing one gets this long before the database is asked. */
const gapPatienceMilliseconds = 20;
/** A broker that is away must not keep anybody from reading what the database has. */
const listeningPatienceMilliseconds = 500;

/** One log while somebody in this process reads it: listens to its channel and repairs gaps, once for all readers. */
export class OpenLog<Event extends LogEvent> {
  readonly key: string;
  readonly window: EventWindow<Event>;
  readers = 0;
  readonly #options: OpenLogOptions<Event>;
  readonly #subscription: Promise<Subscription>;
  readonly #waiting = new Set<() => void>();
  #isListening = false;
  /** The newest head that somebody has read from the database. */
  #databaseHead = 0;
  #isRepairDue = false;
  #repair: 'none' | 'scheduled' | 'running' | 'running, once more' = 'none';

  constructor(options: OpenLogOptions<Event>) {
    this.key = options.key;
    this.window = new EventWindow<Event>(options.amendEarlier);
    this.#options = options;
    this.#subscription = options.engine.subscribe(options.channel, {
      onMessage: (message) => this.#accept(JSON.parse(message) as Publication<Event>),
      onGap: () => {
        // Until the database has told what was missed, nobody is shown what that may have changed.
        this.window.amendments.forget();
        this.repairSoon(0);
      },
    });
    this.#subscription.then(
      () => {
        this.#isListening = true;
        // What was published before listening began is in the database alone.
        if (this.window.head > 0) this.repairSoon(0);
      },
      () => undefined,
    );
  }

  /**
   * Resolves when every event published from now on arrives, or when the broker keeps it waiting: then the log is read
   * from the database alone, at each heartbeat, until listening begins.
   */
  async listening(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, listeningPatienceMilliseconds);
    });
    await Promise.race([this.#subscription, patience]);
    clearTimeout(timer);
  }

  /** Stops listening. While the broker is away listening may not have begun; then it ends as soon as it does, unwaited for. */
  async stop(): Promise<void> {
    this.wakeReaders();
    const stopped = this.#subscription.then(
      (subscription) => subscription.stop(),
      () => undefined,
    );
    if (this.#isListening) await stopped;
  }

  /**
   * The database's head, which also tells a log that has just been opened where it stands. When the window is behind it, it will not be
   * for long: an event is on its way, or is lost.
   */
  async readHead(): Promise<number> {
    const { first, head } = await this.#readBounds();
    this.raiseFirst(first);
    this.#databaseHead = Math.max(this.#databaseHead, head);
    if (this.window.head === 0 && head > 0) {
      this.window.raiseHead(head);
      // A reader may be waiting at the beginning of a log whose first event was published in vain.
      this.wakeReaders();
    }
    if (this.#isBehind) this.repairSoon(gapPatienceMilliseconds);
    return head;
  }

  /** Learns that what came before `first` is no longer retained. Readers that are behind it hear of it with their next step. */
  raiseFirst(first: number): void {
    if (first <= this.window.first) return;
    this.window.raiseFirst(first);
    this.wakeReaders();
  }

  /** Calls back once, at the next change of the head or when the log stops. */
  onceChanged(wake: () => void): void {
    this.#waiting.add(wake);
  }

  forget(wake: () => void): void {
    this.#waiting.delete(wake);
  }

  wakeReaders(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Compares with the database after a delay, which may close a gap by itself; any number of calls become one reading. */
  repairSoon(delayMilliseconds: number): void {
    // What asks for a repair at once has seen no gap that could close by itself.
    if (delayMilliseconds === 0) this.#isRepairDue = true;
    if (this.#repair === 'running') this.#repair = 'running, once more';
    if (this.#repair !== 'none') return;
    this.#repair = 'scheduled';
    setTimeout(() => {
      if (this.#isRepairDue || this.#isBehind) void this.#runRepair();
      else this.#repair = 'none';
    }, delayMilliseconds);
  }

  get #isBehind(): boolean {
    return this.window.hasGap || this.window.head < this.#databaseHead;
  }

  #accept(event: Publication<Event>): void {
    if ('first' in event) {
      this.raiseFirst(event.first);
      return;
    }
    const before = this.window.head;
    this.window.accept(event);
    if (this.window.head > before) this.wakeReaders();
    if (this.window.hasGap) this.repairSoon(gapPatienceMilliseconds);
  }

  async #runRepair(): Promise<void> {
    do {
      this.#repair = 'running';
      this.#isRepairDue = false;
      try {
        await this.#catchUp();
      } catch (error) {
        this.#options.logger.warn({ error }, 'a log could not be read; the next heartbeat tries again');
      }
      // Another turn of the event loop may have asked for one more; the type checker can't know.
    } while ((this.#repair as string) === 'running, once more');
    this.#repair = 'none';
  }

  async #catchUp(): Promise<void> {
    const { source } = this.#options;
    const { first, head } = await this.#readBounds();
    this.window.raiseFirst(first);
    // A log that has been removed altogether ends where it did: those who wait for that head find nothing, and end.
    this.#databaseHead = Math.max(this.#databaseHead, head);
    const missing = this.#databaseHead - this.window.head;
    if (missing > 0 && missing <= windowLimit) {
      const events = await source.readEvents(this.key, this.window.head, windowLimit);
      for (const event of events) this.window.accept(event);
    }
    // Too far behind for memory, or partly gone by retention: readers find the way through history themselves.
    this.window.raiseHead(this.#databaseHead);
    this.wakeReaders();
  }

  async #readBounds(): Promise<LogBounds> {
    return (await this.#options.source.readBounds([this.key])).get(this.key) ?? unwrittenLog;
  }
}
