import pg from 'pg';
import type { Logger } from 'pino';

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

const uniqueViolation = '23505';

export interface PoolOptions {
  connectionString: string;
  /** Bounds what one process takes of the server. */
  maximumConnections: number;
  logger: Pick<Logger, 'warn'>;
}

/** Opens the connection pool of one database. Connections that are lost are replaced when they are needed again. */
export function openPool({ connectionString, maximumConnections, logger }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maximumConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // The pool emits the end of an idle connection as an error, and an error that nobody hears ends the process.
  pool.on('error', (error) => logger.warn({ error }, 'a database connection was lost'));
  return pool;
}

/**
 * Whether a failed write broke a unique key, whichever way it was sent: Prisma reports its own code for a model
 * operation (P2002) and the database's inside P2010 for raw SQL.
 */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, meta, cause } = error as { code?: unknown; meta?: Record<string, unknown>; cause?: unknown };
  if (code === 'P2002' || code === uniqueViolation) return true;
  if (code === 'P2010' && JSON.stringify(meta ?? {}).includes(uniqueViolation)) return true;
  return cause !== undefined && isUniqueViolation(cause);
}
