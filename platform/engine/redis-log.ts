import type { Logger } from 'pino';
import { handEntry } from './consumer.ts';
import type { LogEntry, Tail } from './engine.ts';
import type { RedisReader } from './redis-reader.ts';

/** The blocking reads of a tail; shorter than the silence after which a connection counts as dead. */
const blockMilliseconds = 5_000;
const batchSize = 100;

/** Reads a stream from a time on, by Redis's clock, until it is stopped. Whatever goes wrong is waited out. */
export function startRedisTail(
  reader: RedisReader,
  log: string,
  since: Date,
  onEntry: (entry: LogEntry) => void,
  logger: Logger,
): Tail {
  const caughtUp = Promise.withResolvers<void>();
  let phase: 'catching up' | 'following' = 'catching up';
  let last = lastIdBefore(since);

  async function readBatch(): Promise<void> {
    const reply = await reader.read((client) =>
      // A read that blocks would keep silent about a log that holds nothing.
      phase === 'catching up'
        ? client.xread('COUNT', batchSize, 'STREAMS', log, last)
        : client.xread('COUNT', batchSize, 'BLOCK', blockMilliseconds, 'STREAMS', log, last),
    );
    const entries = entriesOf(reply);
    for (const [id, fields] of entries) {
      if (reader.interrupted) return;
      last = id;
      handEntry({ id, value: fields[1] ?? '' }, onEntry, logger);
    }
    if (reader.interrupted || entries.length === batchSize) return;
    phase = 'following';
    caughtUp.resolve();
  }

  async function run(): Promise<void> {
    while (!reader.interrupted) {
      try {
        await readBatch();
      } catch (error) {
        await reader.recover(error);
      }
    }
    await reader.close();
  }

  const running = run();
  return {
    caughtUp: caughtUp.promise,
    async stop() {
      reader.interrupt();
      await running;
    },
  };
}

/** The greatest id that an entry could have had in the millisecond before. */
function lastIdBefore(time: Date): string {
  const milliseconds = time.getTime();
  return milliseconds <= 0 ? '0-0' : `${milliseconds - 1}-18446744073709551615`;
}

type StreamEntry = [id: string, fields: string[]];

/** The entries in a reply of XREAD or XREADGROUP about one stream; null is the reply of a read that found none. */
export function entriesOf(reply: unknown): StreamEntry[] {
  const streams = reply as [log: string, entries: StreamEntry[]][] | null;
  return streams?.[0]?.[1] ?? [];
}
