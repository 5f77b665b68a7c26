import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { clientOptions } from '../../platform/database.ts';
import { type Prisma, PrismaClient } from '../../prisma/user/client/client.ts';

export interface ProfileRecord {
  /** The person's id. */
  id: string;
  displayName: string;
  bio: string | null;
}

/** The fields of a profile to change; undefined leaves a field as it is. */
export interface ProfileChanges {
  displayName: string | undefined;
  bio: string | null | undefined;
}

export type Transaction = Prisma.TransactionClient;
export type Repository = ReturnType<typeof createRepository>;

/** Everything that the user subgraph reads and writes in its database. */
export function createRepository(pool: Pool) {
  const database = new PrismaClient({ adapter: new PrismaPg(pool), ...clientOptions });

  /** Profiles by the ids of their owners: null for a deleted account, absent for one of which nothing is known. */
  async function findProfiles(ids: readonly string[]): Promise<Map<string, ProfileRecord | null>> {
    const rows = await database.profile.findMany({ where: { userId: { in: [...ids] } } });
    return new Map(rows.map((row) => [row.userId, toRecord(row)]));
  }

  /** Resolves to null when there is no such profile. */
  async function updateProfile(userId: string, { displayName, bio }: ProfileChanges, now: Date) {
    const [row] = await database.profile.updateManyAndReturn({
      where: { userId, deletedAt: null },
      data: {
        ...(displayName !== undefined && { displayName }),
        ...(bio !== undefined && { bio }),
        updatedAt: now,
      },
    });
    return row ? toRecord(row) : null;
  }

  return { database, findProfiles, updateProfile, stop: () => database.$disconnect() };
}

/**
 * Makes the profile of a new account, within the transaction of the event that told of it. When the end of the account
 * was known first, nothing is made.
 */
export async function insertProfile(
  transaction: Transaction,
  profile: { userId: string; displayName: string; createdAt: Date },
): Promise<void> {
  await transaction.profile.createMany({
    data: { ...profile, updatedAt: profile.createdAt },
    skipDuplicates: true,
  });
}

/** Removes all that a person told about themselves, within the transaction of the event that ended the account. */
export async function deleteProfile(transaction: Transaction, userId: string, deletedAt: Date): Promise<void> {
  const gone = { displayName: null, bio: null, updatedAt: deletedAt, deletedAt };
  await transaction.profile.upsert({
    where: { userId },
    create: { userId, createdAt: deletedAt, ...gone },
    update: gone,
  });
}

/** Null for what is left of a deleted account. */
function toRecord({
  userId,
  displayName,
  bio,
}: {
  userId: string;
  displayName: string | null;
  bio: string | null;
}): ProfileRecord | null {
  return displayName === null ? null : { id: userId, displayName, bio };
}
