import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
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
  const database = new PrismaClient({ adapter: new PrismaPg(pool) });

  async function findProfiles(ids: readonly string[]): Promise<ProfileRecord[]> {
    return (await database.profile.findMany({ where: { userId: { in: [...ids] } } })).map(toRecord);
  }

  /** Resolves to null when there is no such profile. */
  async function updateProfile(userId: string, { displayName, bio }: ProfileChanges, now: Date) {
    const [row] = await database.profile.updateManyAndReturn({
      where: { userId },
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

/** Makes the profile of a new account, within the transaction of the event that told of it. */
export async function insertProfile(
  transaction: Transaction,
  profile: { userId: string; displayName: string; createdAt: Date },
): Promise<void> {
  await transaction.profile.createMany({
    data: { ...profile, updatedAt: profile.createdAt },
    skipDuplicates: true,
  });
}

function toRecord({
  userId,
  displayName,
  bio,
}: {
  userId: string;
  displayName: string;
  bio: string | null;
}): ProfileRecord {
  return { id: userId, displayName, bio };
}
