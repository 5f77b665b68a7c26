import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface PasskeyRecord {
  id: string;
  name: string;
  isBackedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** What a browser needs to know of a passkey to ask for it, or to make no second one. */
export interface CredentialRecord {
  credentialId: Uint8Array;
  transports: string[];
}

/** What it takes to check a proof. */
export interface PasskeyKey {
  id: string;
  accountId: string;
  publicKey: Uint8Array;
}

export interface NewPasskey {
  id: string;
  accountId: string;
  credentialId: Buffer;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  isBackedUp: boolean;
  name: string;
  createdAt: Date;
}

const passkeyFields = { id: true, name: true, isBackedUp: true, createdAt: true, lastUsedAt: true } as const;

/** The passkeys of an account, oldest first. */
export async function listPasskeys(transaction: Prisma.TransactionClient, accountId: string): Promise<PasskeyRecord[]> {
  return transaction.passkey.findMany({
    where: { accountId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: passkeyFields,
  });
}

export async function listCredentials(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<CredentialRecord[]> {
  return transaction.passkey.findMany({
    where: { accountId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { credentialId: true, transports: true },
  });
}

export async function findPasskeyKey(
  transaction: Prisma.TransactionClient,
  credentialId: Buffer,
): Promise<PasskeyKey | null> {
  return transaction.passkey.findUnique({
    where: { credentialId: new Uint8Array(credentialId) },
    select: { id: true, accountId: true, publicKey: true },
  });
}

/** Breaks a unique key when the credential is registered already, with whichever account. */
export async function insertPasskey(
  transaction: Prisma.TransactionClient,
  passkey: NewPasskey,
): Promise<PasskeyRecord> {
  const credentialId = new Uint8Array(passkey.credentialId);
  return transaction.passkey.create({ data: { ...passkey, credentialId }, select: passkeyFields });
}

/**
 * Stores a use of a passkey. False when its counter did not grow: another authenticator has the same key, or the same answer
 * came before. An authenticator that does not count says zero each time.
 */
export async function advancePasskey(
  transaction: Prisma.TransactionClient,
  id: string,
  use: { counter: number; isBackedUp: boolean; at: Date },
): Promise<boolean> {
  const { count } = await transaction.passkey.updateMany({
    where: { id, ...(use.counter === 0 ? { counter: 0 } : { counter: { lt: use.counter } }) },
    data: { counter: use.counter, isBackedUp: use.isBackedUp, lastUsedAt: use.at },
  });
  return count > 0;
}

/** Null when the account has no such passkey. */
export async function renamePasskey(
  transaction: Prisma.TransactionClient,
  { id, accountId }: { id: string; accountId: string },
  name: string,
): Promise<PasskeyRecord | null> {
  const [passkey] = await transaction.passkey.updateManyAndReturn({
    where: { id, accountId },
    data: { name },
    select: passkeyFields,
  });
  return passkey ?? null;
}

/** False when the account has no such passkey. */
export async function deletePasskey(
  transaction: Prisma.TransactionClient,
  { id, accountId }: { id: string; accountId: string },
): Promise<boolean> {
  const { count } = await transaction.passkey.deleteMany({ where: { id, accountId } });
  return count > 0;
}
