import type { JsonWebKey } from 'node:crypto';
import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface SigningKeyRecord {
  id: string;
  publicJwk: JsonWebKey;
  encryptedPrivateKey: Uint8Array;
  createdAt: Date;
  activeAt: Date;
  retiredAt: Date | null;
}

/** All signing keys, the one that became active last first. */
export async function listSigningKeys(transaction: Prisma.TransactionClient): Promise<SigningKeyRecord[]> {
  const keys = await transaction.signingKey.findMany({ orderBy: [{ activeAt: 'desc' }, { id: 'desc' }] });
  return keys.map((key) => ({ ...key, publicJwk: key.publicJwk as JsonWebKey }));
}

export async function insertSigningKey(
  transaction: Prisma.TransactionClient,
  key: { id: string; publicJwk: JsonWebKey; encryptedPrivateKey: Buffer; createdAt: Date; activeAt: Date },
): Promise<void> {
  const publicJwk = key.publicJwk as Prisma.InputJsonObject;
  await transaction.signingKey.create({
    data: { ...key, publicJwk, encryptedPrivateKey: new Uint8Array(key.encryptedPrivateKey) },
  });
}

/** From `retiredAt` on these keys are published no longer. Keys that retire earlier keep their time. */
export async function retireSigningKeys(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
  retiredAt: Date,
): Promise<void> {
  await transaction.signingKey.updateMany({
    where: { id: { in: [...ids] }, OR: [{ retiredAt: null }, { retiredAt: { gt: retiredAt } }] },
    data: { retiredAt },
  });
}

export async function deleteRetiredSigningKeys(transaction: Prisma.TransactionClient, now: Date): Promise<void> {
  await transaction.signingKey.deleteMany({ where: { retiredAt: { lte: now } } });
}

/** Lets one process at a time decide about signing keys, until the end of the transaction. */
export async function lockSigningKeys(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(4812002)`;
}
