import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { clientOptions } from '../../platform/database.ts';
import { PrismaClient } from '../../prisma/auth/client/client.ts';

/**
 * The database of auth. Each concept's `repository.ts` has the reads and writes of its own tables, as functions of a
 * transaction: the use case, which knows what belongs together, opens it.
 */
export type Database = ReturnType<typeof openDatabase>;

export function openDatabase(pool: Pool) {
  return new PrismaClient({ adapter: new PrismaPg(pool), ...clientOptions });
}
