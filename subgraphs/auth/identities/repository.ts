import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface IdentityRecord {
  id: string;
  accountId: string;
  provider: string;
  email: string | null;
  linkedAt: Date;
  lastUsedAt: Date | null;
}

export interface NewIdentity {
  id: string;
  accountId: string;
  provider: string;
  /** The provider's own name for the person. */
  subject: string;
  email: string | null;
  linkedAt: Date;
}

const identityFields = {
  id: true,
  accountId: true,
  provider: true,
  email: true,
  linkedAt: true,
  lastUsedAt: true,
} as const;

/** Whom a provider's person signs in. */
export async function findIdentity(
  transaction: Prisma.TransactionClient,
  provider: string,
  subject: string,
): Promise<IdentityRecord | null> {
  return transaction.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    select: identityFields,
  });
}

/** The identities of an account, in the order in which they were linked. */
export async function listIdentities(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<IdentityRecord[]> {
  return transaction.identity.findMany({ where: { accountId }, orderBy: { id: 'asc' }, select: identityFields });
}

/** Breaks a unique key when the provider's person signs in somebody already. */
export async function insertIdentity(
  transaction: Prisma.TransactionClient,
  identity: NewIdentity,
): Promise<IdentityRecord> {
  return transaction.identity.create({ data: identity, select: identityFields });
}

/** Keeps what the provider told this time. Changes nothing when the identity has been unlinked meanwhile. */
export async function updateIdentity(
  transaction: Prisma.TransactionClient,
  provider: string,
  subject: string,
  changes: { email?: string; lastUsedAt?: Date },
): Promise<void> {
  await transaction.identity.updateMany({ where: { provider, subject }, data: changes });
}

export async function deleteIdentity(transaction: Prisma.TransactionClient, id: string): Promise<void> {
  await transaction.identity.delete({ where: { id } });
}
