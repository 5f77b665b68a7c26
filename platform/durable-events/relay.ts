import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { Engine } from '../engine/engine.ts';

export interface RelayOptions {
  /** The log to publish to: the name of the subgraph that owns the outbox. */
  log: string;
  pool: Pool;
  engine: Pick<Engine, 'append' | 'position'>;
  logger: Logger;
  settings: {
    /** How often to look for rows that a crash or an outage left behind. */
    OUTBOX_POLL_MILLISECONDS: number;
    /**
     * How long published rows are kept, to publish them again should the broker lose its memory, and how long the log
     * keeps its entries for consumers that are away.
     */
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
/** Rows that are written so soon after a drain wait for each other: a drain costs as much for one as for many. */
const pauseMilliseconds = 20;
/** How many rows past the retention are deleted at once. */
const forgottenAtOnce = 1_000;
/** Any constant will do, as long as nothing else in the same database uses it as an advisory lock. */
export const relayLock = 4_812_001;
/** How often in a row the broker's position may change under a batch before the relay waits for its next turn. */
const changesInARowLimit = 5;
const hourMilliseconds = 3_600_000;

/**
 * Publishes outbox rows to the engine's log, in the order of their ids and only committed ones. Any number of
 * processes may run a relay on one outbox: an advisory lock lets them drain one after the other.
 */
export function startRelay(options: RelayOptions): Relay {
  let phase: 'idle' | 'draining' | 'draining again' | 'stopped' = 'idle';
  let drain: Promise<void> = Promise.resolve();
  let isWoken = true;
  let isPolled = false;
  const outages = createOutageLog(options);

  const turn = async () => {
    const asked = { isWoken, isPolled };
    isWoken = false;
    isPolled = false;
    // A relay that is woken all the time is polled as well, and forgets then.
    const work = asked.isWoken ? { publishes: true, forgets: asked.isPolled } : await findWork(options);
    if (work.publishes) await publishWaiting(options);
    if (work.forgets) await forgetOldRows(options);
  };
  const run = async () => {
    do {
      phase = 'draining';
      await turn().then(outages.end, outages.report);
      await delay(pauseMilliseconds);
    } while (currentPhase() === 'draining again');
    if (currentPhase() !== 'stopped') phase = 'idle';
  };
  // Read through a function: another turn of the event loop may have changed it since this function last wrote it.
  const currentPhase = (): string => phase;
  const begin = () => {
    if (phase === 'idle') drain = run();
    else if (phase === 'draining') phase = 'draining again';
  };
  const wake = () => {
    isWoken = true;
    begin();
  };
  const poll = () => {
    isPolled = true;
    begin();
  };
  const timer = setInterval(poll, options.settings.OUTBOX_POLL_MILLISECONDS);
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

interface Work {
  publishes: boolean;
  forgets: boolean;
}

/**
 * What a poll finds to do, most often nothing: so one statement looks, without a transaction and without waiting for its turn.
 * Whatever it finds is looked at again when the lock is held.
 */
async function findWork({ engine, log, pool, settings }: RelayOptions): Promise<Work> {
  // Asked before the database: what another relay publishes between the two questions looks like a loss, never the other way round.
  const remembered = await engine.position(log);
  const { rows } = await pool.query<{ position: string; isWaiting: boolean; forgets: boolean }>(
    // Ordered by the whole index, as below.
    `SELECT position,
      (SELECT id FROM outbox WHERE published_position IS NULL ORDER BY published_position, id LIMIT 1) IS NOT NULL AS "isWaiting",
      EXISTS (
        SELECT FROM (SELECT published_position, occurred_at FROM outbox ORDER BY published_position LIMIT 1) AS oldest
        WHERE published_position < position AND occurred_at < now() - $1 * interval '1 hour'
      ) AS forgets
      FROM (SELECT coalesce(max(published_position), 0) AS position FROM outbox) AS newest`,
    [settings.OUTBOX_RETENTION_HOURS],
  );
  const { position, isWaiting, forgets } = rows[0] as (typeof rows)[0];
  return { publishes: isWaiting || (remembered ?? 0) < Number(position), forgets };
}

/** Tells of an outage once, and once of its end: there is an attempt for every event that is written meanwhile. */
function createOutageLog({ logger, log }: RelayOptions) {
  let state: 'working' | 'failing' = 'working';
  return {
    report(error: unknown): void {
      const level = state === 'working' ? 'warn' : 'debug';
      state = 'failing';
      logger[level]({ error, log }, 'the outbox could not be published; it will be tried again');
    },
    end(): void {
      if (state === 'failing') logger.info({ log }, 'the outbox is published again');
      state = 'working';
    },
  };
}

/** The broker's position changed between the question and the append: it lost its memory in that moment, most likely. */
class PositionChanged extends Error {
  constructor() {
    super("The broker's position changed while a batch was published.");
  }
}

/** Publishes batch after batch until nothing waits. */
async function publishWaiting(options: RelayOptions): Promise<void> {
  const { log, logger } = options;
  let size = batchSize;
  let changesInARow = 0;
  while (size === batchSize) {
    try {
      const batch = await inTransaction(options.pool, (client) => publishBatch(client, options));
      if (batch.loss !== null) logger.warn({ log, ...batch.loss }, 'the broker lost events; publishing them again');
      size = batch.size;
      changesInARow = 0;
    } catch (error) {
      changesInARow += 1;
      if (!(error instanceof PositionChanged) || changesInARow === changesInARowLimit) throw error;
    }
  }
}

/** Longer than the broker may take to answer. */
const frozenLimitMilliseconds = 10_000;

/** Commits what the work has done, or rolls it back when it fails. Relays take turns: each waits for the lock. */
async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  // A connection that is lost between two statements says so by an event; the next statement then fails.
  const ignoreLoss = () => undefined;
  client.on('error', ignoreLoss);
  let usable = true;
  try {
    // A process that is frozen in here would hold up the relays of all others: the server ends its transaction.
    await client.query(
      `BEGIN; SET LOCAL idle_in_transaction_session_timeout = '${frozenLimitMilliseconds}ms';
       SELECT pg_advisory_xact_lock(${relayLock})`,
    );
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A broker that is away is no reason to close a connection to the database: only a broken one is.
    await client.query('ROLLBACK').catch(() => {
      usable = false;
    });
    throw error;
  } finally {
    client.off('error', ignoreLoss);
    client.release(!usable);
  }
}

interface Batch {
  /** How many rows were published. */
  size: number;
  loss: Loss | null;
}

/** What the broker still remembered, and how many events were found to be missing there. */
interface Loss {
  remembered: number;
  published: number;
  events: number;
}

/**
 * Publishes up to a batch of waiting rows.
 * @throws PositionChanged when the broker no longer is what it was when the batch was chosen.
 */
async function publishBatch(client: PoolClient, options: RelayOptions): Promise<Batch> {
  const remembered = await options.engine.position(options.log);
  const published = await lastPublishedPosition(client);
  const loss = await reopenWhatTheBrokerLost(client, remembered ?? 0, published);
  const waiting = await client.query<WaitingRow>(
    // Ordered by the whole index of the waiting, so that it is read and not the table from its beginning.
    'SELECT id, envelope FROM outbox WHERE published_position IS NULL ORDER BY published_position, id LIMIT $1',
    [batchSize],
  );
  if (waiting.rows.length > 0) {
    // Numbering goes on where it was before the loss: another stack's broker, which has lost nothing, must not seem ahead.
    const last = loss === null ? published : loss.published - loss.events;
    await publishRows(client, waiting.rows, last + 1, remembered, options);
  }
  return { size: waiting.rows.length, loss };
}

interface WaitingRow {
  id: string;
  envelope: unknown;
}

async function publishRows(
  client: PoolClient,
  rows: readonly WaitingRow[],
  first: number,
  after: number | null,
  { engine, log, settings }: RelayOptions,
): Promise<void> {
  // The rows are marked before the append, and the mark is committed after it: should the commit fail, the
  // entries are appended again and consumers see repeats; the other way round they would be lost.
  await client.query(
    `UPDATE outbox SET published_position = $2 + ordinality - 1
      FROM unnest($1::bigint[]) WITH ORDINALITY AS batch(row_id, ordinality) WHERE id = row_id`,
    [rows.map((row) => row.id), first],
  );
  const appended = await engine.append(
    log,
    rows.map((row) => JSON.stringify(row.envelope)),
    {
      position: first + rows.length - 1,
      after,
      // As long as the outbox keeps them, so that a consumer which was away finds in the log all that could be had.
      retentionMilliseconds: settings.OUTBOX_RETENTION_HOURS * hourMilliseconds,
    },
  );
  if (!appended) throw new PositionChanged();
}

/**
 * Compares the position that the broker remembers with the database's. Behind or missing means that the broker lost
 * entries (a flush, a restart from an older snapshot): all rows after its position wait for publication again.
 */
async function reopenWhatTheBrokerLost(
  client: PoolClient,
  remembered: number,
  published: number,
): Promise<Loss | null> {
  if (remembered >= published) return null;
  const reopened = await client.query('UPDATE outbox SET published_position = NULL WHERE published_position > $1', [
    remembered,
  ]);
  return { remembered, published, events: reopened.rowCount ?? 0 };
}

async function lastPublishedPosition(client: PoolClient): Promise<number> {
  const result = await client.query<{ position: string | null }>(
    'SELECT max(published_position) AS position FROM outbox',
  );
  return Number(result.rows[0]?.position ?? 0);
}

/**
 * Deletes published rows past the retention, the oldest first and some at a time, so that it costs nothing to find that there are
 * none. The newest row stays, because it holds the position.
 */
async function forgetOldRows({ pool, settings }: RelayOptions): Promise<void> {
  let forgotten: number;
  do {
    const { rowCount } = await inTransaction(pool, (client) =>
      client.query(
        `DELETE FROM outbox WHERE id = ANY (ARRAY(
            SELECT id FROM outbox WHERE published_position < (SELECT max(published_position) FROM outbox)
            ORDER BY published_position LIMIT ${forgottenAtOnce}))
          AND occurred_at < now() - $1 * interval '1 hour'`,
        [settings.OUTBOX_RETENTION_HOURS],
      ),
    );
    forgotten = rowCount ?? 0;
  } while (forgotten === forgottenAtOnce);
}
