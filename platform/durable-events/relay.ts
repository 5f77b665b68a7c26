import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { Engine } from '../engine/engine.ts';

export interface RelayOptions {
  /** The log to publish to: the name of the subgraph that owns the outbox. */
  log: string;
  pool: Pool;
  engine: Engine;
  logger: Logger;
  settings: {
    /** How often to look for rows that a crash or an outage left behind. */
    OUTBOX_POLL_MILLISECONDS: number;
    /** How long published rows are kept, to publish them again should the broker lose its memory. */
    OUTBOX_RETENTION_HOURS: number;
  };
}

export interface Relay {
  /** Publishes what is waiting, soon. A writer calls it after its commit; it never throws and never waits. */
  wake(): void;
  /** Stops after the drain in progress. */
  stop(): Promise<void>;
}

const batchSize = 500;
/** Any constant will do, as long as nothing else in the same database uses it as an advisory lock. */
const relayLock = 4_812_001;

/**
 * Publishes outbox rows to the engine's log, in the order of their ids and only committed ones. Any number of
 * processes may run a relay on one outbox: an advisory lock lets them drain one after the other.
 */
export function startRelay(options: RelayOptions): Relay {
  let phase: 'idle' | 'draining' | 'draining again' | 'stopped' = 'idle';
  let drain: Promise<void> = Promise.resolve();

  const run = async () => {
    do {
      phase = 'draining';
      try {
        while ((await publishBatch(options)) === batchSize);
      } catch (error) {
        options.logger.warn({ error, log: options.log }, 'the outbox could not be published; it will be tried again');
      }
    } while (currentPhase() === 'draining again');
    if (currentPhase() !== 'stopped') phase = 'idle';
  };
  // Read through a function: another turn of the event loop may have changed it since this function last wrote it.
  const currentPhase = (): string => phase;
  const wake = () => {
    if (phase === 'idle') drain = run();
    else if (phase === 'draining') phase = 'draining again';
  };
  const timer = setInterval(wake, options.settings.OUTBOX_POLL_MILLISECONDS);
  wake();
  return {
    wake,
    async stop() {
      clearInterval(timer);
      phase = 'stopped';
      await drain;
    },
  };
}

/** Publishes up to a batch of waiting rows and resolves to their number. */
async function publishBatch(options: RelayOptions): Promise<number> {
  const client = await options.pool.connect();
  // A connection that is lost between two statements says so by an event; the next statement then fails.
  const ignoreLoss = () => undefined;
  client.on('error', ignoreLoss);
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [relayLock]);
    await reopenWhatTheBrokerLost(client, options);
    const waiting = await client.query<{ id: string; envelope: unknown }>(
      'SELECT id, envelope FROM outbox WHERE published_position IS NULL ORDER BY id LIMIT $1',
      [batchSize],
    );
    if (waiting.rows.length > 0) {
      const ids = waiting.rows.map((row) => row.id);
      const first = (await lastPublishedPosition(client)) + 1;
      // The rows are marked before the append, and the mark is committed after it: should the commit fail, the
      // entries are appended again and consumers see repeats; the other way round they would be lost.
      await client.query(
        `UPDATE outbox SET published_position = $2 + ordinality - 1
         FROM unnest($1::bigint[]) WITH ORDINALITY AS batch(row_id, ordinality) WHERE id = row_id`,
        [ids, first],
      );
      const values = waiting.rows.map((row) => JSON.stringify(row.envelope));
      await options.engine.append(options.log, values, first + ids.length - 1);
    } else {
      await forgetOldRows(client, options.settings.OUTBOX_RETENTION_HOURS);
    }
    await client.query('COMMIT');
    client.off('error', ignoreLoss);
    client.release();
    return waiting.rows.length;
  } catch (error) {
    // The connection may be in the middle of a transaction or broken: it is closed, which rolls back.
    client.release(true);
    throw error;
  }
}

/**
 * Compares the position that the broker remembers with the database's. Behind or missing means that the broker lost
 * entries (a flush, a restart from an older snapshot): all rows after its position wait for publication again.
 */
async function reopenWhatTheBrokerLost(client: PoolClient, { engine, log, logger }: RelayOptions): Promise<void> {
  const published = await lastPublishedPosition(client);
  if (published === 0) return;
  const remembered = (await engine.position(log)) ?? 0;
  if (remembered >= published) return;
  const reopened = await client.query('UPDATE outbox SET published_position = NULL WHERE published_position > $1', [
    remembered,
  ]);
  logger.warn(
    { log, remembered, published, events: reopened.rowCount },
    'the broker lost events; publishing them again',
  );
}

async function lastPublishedPosition(client: PoolClient): Promise<number> {
  const result = await client.query<{ position: string | null }>(
    'SELECT max(published_position) AS position FROM outbox',
  );
  return Number(result.rows[0]?.position ?? 0);
}

/** Deletes published rows past the retention; the newest stays, because it holds the position. */
async function forgetOldRows(client: PoolClient, retentionHours: number): Promise<void> {
  await client.query(
    `DELETE FROM outbox WHERE published_position < (SELECT max(published_position) FROM outbox)
       AND occurred_at < now() - $1 * interval '1 hour'`,
    [retentionHours],
  );
}
