import type { Logger } from 'pino';
import type { Engine } from '../engine/engine.ts';
import type { AmendEarlier, LogEvent } from './event-window.ts';
import { type HistoryCounts, LogHistory } from './log-history.ts';
import { LogReader } from './log-reader.ts';
import { type LogSource, OpenLog, type Publication } from './open-log.ts';

export interface LogFeedOptions<Event extends LogEvent> {
  /** Names the kind of log; a log's channel is `<kind>:<key>`. */
  kind: string;
  engine: Engine;
  source: LogSource<Event>;
  logger: Logger;
  /** How often the head of each listened-to log is compared with the database. */
  heartbeatMilliseconds: number;
  /** For events that show what newer ones may change: whoever replays them gets them as the database would give them. */
  amendEarlier?: AmendEarlier<Event>;
  /** A clock that is never set, in milliseconds. It says how long pages of the past are kept. */
  now?: () => number;
}

/**
 * Live, lossless reading of numbered logs that live in the database. The broker only makes it fast: whatever it loses
 * is found by the gap it leaves in the numbers, by the engine's gap notice, or by the heartbeat.
 */
export class LogFeed<Event extends LogEvent> {
  readonly #options: LogFeedOptions<Event>;
  readonly #history: LogHistory<Event>;
  readonly #logs = new Map<string, OpenLog<Event>>();
  readonly #readers = new Set<LogReader<Event>>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: LogFeedOptions<Event>) {
    this.#options = options;
    this.#history = new LogHistory(options.source, options.now ?? (() => performance.now()));
    this.#heartbeat = setInterval(() => void this.#checkHeads(), options.heartbeatMilliseconds);
  }

  /** How often the past of logs was read. */
  get historyCounts(): Readonly<HistoryCounts> {
    return this.#history.counts;
  }

  /** Tells every process with readers about a committed event. Never throws: the heartbeat makes up for a lost one. */
  publish(key: string, event: Event): void {
    this.#send(key, event);
  }

  /** Tells them in the same way that what came before `first` is no longer retained. */
  publishFirst(key: string, first: number): void {
    this.#send(key, { first });
  }

  #send(key: string, publication: Publication<Event>): void {
    const { engine, kind, logger } = this.#options;
    engine.publish(`${kind}:${key}`, JSON.stringify(publication)).catch((error: unknown) => {
      logger.warn({ error, kind }, 'an event could not be published live; the heartbeat delivers it');
    });
  }

  /**
   * Reads a log from after a `seq` and follows it for ever: every event once, in order. With null it starts at the head
   * as it is once listening has begun, which is when the promise resolves. Nobody is shown an event as it was before they began.
   */
  async read(key: string, afterSeq: number | null): Promise<LogReader<Event>> {
    const log = this.#acquire(key);
    try {
      await log.listening();
      const head = await log.readHead();
      const reader = new LogReader(log, {
        history: this.#history,
        afterSeq: afterSeq ?? head,
        knownHead: head,
        onEnd: () => {
          this.#readers.delete(reader);
          this.#release(log);
        },
      });
      this.#readers.add(reader);
      return reader;
    } catch (error) {
      this.#release(log);
      throw error;
    }
  }

  /** Ends every reader and stops listening. */
  async stop(): Promise<void> {
    clearInterval(this.#heartbeat);
    for (const reader of this.#readers) reader.end();
    await Promise.all([...this.#logs.values()].map((log) => log.stop()));
  }

  #acquire(key: string): OpenLog<Event> {
    let log = this.#logs.get(key);
    if (!log) {
      log = new OpenLog({ ...this.#options, key, channel: `${this.#options.kind}:${key}` });
      this.#logs.set(key, log);
    }
    log.readers += 1;
    return log;
  }

  #release(log: OpenLog<Event>): void {
    log.readers -= 1;
    if (log.readers > 0) return;
    this.#logs.delete(log.key);
    // From now on nobody hears what becomes of what was read.
    this.#history.forget(log);
    void log.stop();
  }

  async #checkHeads(): Promise<void> {
    this.#history.forgetOld();
    if (this.#logs.size === 0) return;
    try {
      const bounds = await this.#options.source.readBounds([...this.#logs.keys()]);
      for (const log of this.#logs.values()) {
        const { first, head } = bounds.get(log.key) ?? log.window;
        log.raiseFirst(first);
        if (head > log.window.head) log.repairSoon(0);
      }
    } catch (error) {
      this.#options.logger.warn({ error }, 'the heads of the logs could not be compared with the database');
    }
  }
}
