import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface ApiKeyRecord {
  id: string;
  accountId: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export interface NewApiKey {
  id: string;
  accountId: string;
  /** SHA-256 of the secret. */
  hash: Buffer;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
}

const apiKeyFields = {
  id: true,
  accountId: true,
  name: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

const isLive = (now: Date) => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] });

export async function insertApiKey(transaction: Prisma.TransactionClient, key: NewApiKey): Promise<ApiKeyRecord> {
  return transaction.apiKey.create({ data: { ...key, hash: new Uint8Array(key.hash) }, select: apiKeyFields });
}

/** Keys of an account that have not ended. */
export async function countLiveApiKeys(
  transaction: Prisma.TransactionClient,
  accountId: string,
  now: Date,
): Promise<number> {
  return transaction.apiKey.count({ where: { accountId, ...isLive(now) } });
}

/** Keys of several accounts that have not ended, newest first. */
export async function listLiveApiKeys(
  transaction: Prisma.TransactionClient,
  accountIds: readonly string[],
  now: Date,
): Promise<ApiKeyRecord[]> {
  return transaction.apiKey.findMany({
    where: { accountId: { in: [...accountIds] }, ...isLive(now) },
    orderBy: { id: 'desc' },
    select: apiKeyFields,
  });
}

/** A key that has not ended; null otherwise. */
export async function findLiveApiKey(
  transaction: Prisma.TransactionClient,
  id: string,
  now: Date,
): Promise<ApiKeyRecord | null> {
  return transaction.apiKey.findFirst({ where: { id, ...isLive(now) }, select: apiKeyFields });
}

/** The key with this secret, unless it has ended. */
export async function findLiveApiKeyByHash(
  transaction: Prisma.TransactionClient,
  hash: Buffer,
  now: Date,
): Promise<ApiKeyRecord | null> {
  return transaction.apiKey.findFirst({
    where: { hash: new Uint8Array(hash), ...isLive(now) },
    select: apiKeyFields,
  });
}

/** Notes that a key was used, unless that was noted after `notedAfter`: a busy key costs no write for each use. */
export async function touchApiKey(
  transaction: Prisma.TransactionClient,
  id: string,
  now: Date,
  notedAfter: Date,
): Promise<void> {
  await transaction.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: notedAfter } }] },
    data: { lastUsedAt: now },
  });
}

/** Forgets keys that ended before a time. */
export async function deleteEndedApiKeys(transaction: Prisma.TransactionClient, before: Date): Promise<void> {
  await transaction.apiKey.deleteMany({
    where: { OR: [{ revokedAt: { lt: before } }, { expiresAt: { lt: before } }] },
  });
}

/** Ends a key. Null when it had ended already. */
export async function endApiKey(
  transaction: Prisma.TransactionClient,
  id: string,
  now: Date,
): Promise<ApiKeyRecord | null> {
  const [ended] = await transaction.apiKey.updateManyAndReturn({
    where: { id, ...isLive(now) },
    data: { revokedAt: now },
    select: apiKeyFields,
  });
  return ended ?? null;
}
