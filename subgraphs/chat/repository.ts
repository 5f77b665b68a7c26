import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { createStatementNames, transactionOptions } from '../../platform/database.ts';
import { type Prisma, PrismaClient } from '../../prisma/chat/client/client.ts';

/**
 * The database of chat. Each concept's `repository.ts` has the reads and writes of its own tables, as functions of a
 * transaction, which the database itself can stand for: the use case, which knows what belongs together, opens one.
 */
export type Database = ReturnType<typeof openDatabase>;

export type Transaction = Prisma.TransactionClient;

export function openDatabase(pool: Pool) {
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() });
  return new PrismaClient({ adapter, transactionOptions });
}
