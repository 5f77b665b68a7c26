import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';

/**
 * What a generated Prisma client and its transactions have in common that platform code needs: parameterized raw SQL.
 * Platform code serves several databases, each with a client of its own, and so is written against this shape.
 */
export interface SqlClient {
  // biome-ignore lint/suspicious/noExplicitAny: the signature is Prisma's own.
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: any[]): PromiseLike<T>;
  // biome-ignore lint/suspicious/noExplicitAny: the signature is Prisma's own.
  $executeRaw(query: TemplateStringsArray, ...values: any[]): PromiseLike<number>;
}

/** A client that can also open a transaction. */
export interface TransactionalClient<Transaction extends SqlClient = SqlClient> extends SqlClient {
  $transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

export interface PoolOptions {
  connectionString: string;
  /** Bounds what one process takes of the server. */
  maximumConnections: number;
  /**
   * Whether a prepared statement (see `createStatementNames`) has one plan for all values, which goes by keys. For look-ups in
   * partitioned tables: left to itself, PostgreSQL plans those anew for each value, because it then has to look at one partition
   * only. A plan that is kept must be right for large tables also when it was made while they were empty.
   */
  plansOnce?: boolean;
  logger: Pick<Logger, 'warn'>;
}

/** See https://www.postgresql.org/docs/current/runtime-config-query.html: what reads whole tables is chosen only where nothing else can be. */
const planSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
} as const;

/** Opens the connection pool of one database. Connections that are lost are replaced when they are needed again. */
export function openPool({ connectionString, maximumConnections, plansOnce = false, logger }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maximumConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(plansOnce && {
      options: Object.entries(planSettings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    }),
  });
  // While a connection is handed over, nobody listens to it for a moment. Should the server end it with the very bytes that
  // answer the query before, the error would be heard by nobody, and end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  // The pool emits the end of an idle connection as an error, and an error that nobody hears ends the process.
  pool.on('error', (error) => logger.warn({ error }, 'a database connection was lost'));
  return pool;
}

/** Statements of one process that its connections keep prepared: more than it has, and a bound for those that Prisma makes up. */
const preparedStatementsLimit = 500;

/**
 * Names the statements of a process, so that each connection parses and plans a statement once and not every time: to plan one
 * over partitioned tables takes several times as long as to run it. For `statementNameGenerator` of Prisma's driver adapter.
 */
export function createStatementNames(): (statement: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    // Without a name it is prepared for one time.
    if (names.size >= preparedStatementsLimit) return '';
    const name = `chorus_${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

/**
 * How long a transaction may wait for a connection, and how long it may take: as long as the pool itself waits, so that a
 * busy moment makes requests slower and does not fail them.
 */
const transactionOptions = { maxWait: 5_000, timeout: 10_000 } as const;

/**
 * What all Prisma clients have in common. `minimal` is Prisma's own choice where NODE_ENV says production: any other format takes
 * a stack trace for each statement, to show lines of source in an error that hardly ever comes.
 */
export const clientOptions = { transactionOptions, errorFormat: 'minimal' } as const;

/** What the driver adapter says of a violated unique key, inside either of Prisma's errors for one (P2002, and P2010 for raw SQL). */
const uniqueKeyViolation = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ kind: z.literal('UniqueConstraintViolation'), constraint: z.object({ index: z.string() }) }),
    }),
  }),
});

/** The name of the unique key that a write through Prisma broke; null for any other error. */
export function violatedUniqueKey(error: unknown): string | null {
  const { success, data } = uniqueKeyViolation.safeParse(error);
  return success ? data.meta.driverAdapterError.cause.constraint.index : null;
}

/**
 * A statement that loses a race against its own repetition breaks a unique key and has changed nothing: no rows.
 * @param uniqueKey its name, or what the names look like that it has in the partitions of a table.
 */
export async function nothingOnConflict<Row>(
  uniqueKey: string | RegExp,
  statement: PromiseLike<Row[]>,
): Promise<Row[]> {
  try {
    return await statement;
  } catch (error) {
    const violated = violatedUniqueKey(error);
    if (violated !== null && (uniqueKey instanceof RegExp ? uniqueKey.test(violated) : uniqueKey === violated))
      return [];
    throw error;
  }
}
