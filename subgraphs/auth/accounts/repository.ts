import type { AccountStatus, Prisma, Role } from '../../../prisma/auth/client/client.ts';

export interface AccountRecord {
  id: string;
  kind: 'PERSON' | 'SERVICE';
  status: AccountStatus;
  role: Role;
  username: string;
  email: string | null;
  emailVerifiedAt: Date | null;
  accessVersion: number;
  suspensionReason: string | null;
  suspendedUntil: Date | null;
  lastLoginAt: Date | null;
  createdAt: Date;
}

export interface Credentials extends AccountRecord {
  /** Null when the account has no password. */
  passwordHash: string | null;
}

export interface NewAccount {
  id: string;
  kind?: 'PERSON' | 'SERVICE';
  username: string;
  usernameNormalized: string;
  email: string | null;
  emailNormalized: string | null;
  emailVerifiedAt?: Date | null;
  passwordHash: string | null;
  createdAt: Date;
}

/** A field that is left out stays as it is. */
export interface AccountChanges {
  username?: string;
  usernameNormalized?: string;
  email?: string | null;
  emailNormalized?: string | null;
  emailVerifiedAt?: Date | null;
  passwordHash?: string | null;
  status?: AccountStatus;
  role?: Role;
  /** Tokens of before are refused. */
  raiseAccessVersion?: boolean;
  suspensionReason?: string | null;
  suspendedUntil?: Date | null;
  lastLoginAt?: Date;
}

const accountFields = {
  id: true,
  kind: true,
  status: true,
  role: true,
  username: true,
  email: true,
  emailVerifiedAt: true,
  accessVersion: true,
  suspensionReason: true,
  suspendedUntil: true,
  lastLoginAt: true,
  createdAt: true,
} as const;

export async function findAccounts(
  transaction: Prisma.TransactionClient,
  ids: readonly string[],
): Promise<AccountRecord[]> {
  return transaction.account.findMany({ where: { id: { in: [...ids] } }, select: accountFields });
}

export async function findAccount(transaction: Prisma.TransactionClient, id: string): Promise<Credentials | null> {
  return transaction.account.findUnique({ where: { id }, select: { ...accountFields, passwordHash: true } });
}

/** The same, locked until the end of the transaction: changes that depend on what it is now come one after the other. */
export async function lockAccount(transaction: Prisma.TransactionClient, id: string): Promise<Credentials | null> {
  await transaction.$queryRaw`SELECT id FROM account WHERE id = ${id}::uuid FOR UPDATE`;
  return findAccount(transaction, id);
}

/**
 * Whom a login names, and whether they have signed in from a network before. By hand, because every sign-in asks it. Deleted
 * accounts have neither name nor address that somebody could sign in with.
 */
export async function findCredentials(
  transaction: Prisma.TransactionClient,
  loginNormalized: string,
  networkHash: Buffer,
): Promise<(Credentials & { isKnownHere: boolean }) | null> {
  const [found] = await transaction.$queryRaw<(Credentials & { isKnownHere: boolean })[]>`
    SELECT id, kind, status, role, username, email, email_verified_at AS "emailVerifiedAt",
      access_version AS "accessVersion", suspension_reason AS "suspensionReason", suspended_until AS "suspendedUntil",
      last_login_at AS "lastLoginAt", created_at AS "createdAt", password_hash AS "passwordHash",
      EXISTS (SELECT FROM known_address WHERE account_id = account.id AND hash = ${networkHash}) AS "isKnownHere"
    FROM account WHERE username_normalized = ${loginNormalized} OR email_normalized = ${loginNormalized}`;
  return found ?? null;
}

export async function findAccountByUsername(
  transaction: Prisma.TransactionClient,
  usernameNormalized: string,
): Promise<AccountRecord | null> {
  return transaction.account.findUnique({ where: { usernameNormalized }, select: accountFields });
}

export async function findAccountByEmail(
  transaction: Prisma.TransactionClient,
  emailNormalized: string,
): Promise<AccountRecord | null> {
  return transaction.account.findUnique({ where: { emailNormalized }, select: accountFields });
}

/** Which of the two unique names are in use by somebody else. */
export async function findTaken(
  transaction: Prisma.TransactionClient,
  names: { usernameNormalized?: string; emailNormalized?: string | null },
): Promise<{ username: boolean; email: boolean }> {
  const { usernameNormalized, emailNormalized } = names;
  const taken = await transaction.account.findMany({
    where: {
      OR: [
        ...(usernameNormalized === undefined ? [] : [{ usernameNormalized }]),
        ...(emailNormalized == null ? [] : [{ emailNormalized }]),
      ],
    },
    select: { usernameNormalized: true, emailNormalized: true },
  });
  return {
    username: taken.some((account) => account.usernameNormalized === usernameNormalized),
    email: emailNormalized != null && taken.some((account) => account.emailNormalized === emailNormalized),
  };
}

/** Breaks a unique key when a name is taken. */
export async function insertAccount(
  transaction: Prisma.TransactionClient,
  account: NewAccount,
): Promise<AccountRecord> {
  return transaction.account.create({ data: account, select: accountFields });
}

export async function updateAccount(
  transaction: Prisma.TransactionClient,
  id: string,
  { raiseAccessVersion = false, ...changes }: AccountChanges,
): Promise<AccountRecord> {
  return transaction.account.update({
    where: { id },
    data: { ...changes, ...(raiseAccessVersion && { accessVersion: { increment: 1 } }) },
    select: accountFields,
  });
}

/** Notes a sign-in; the row stays locked until the end of the transaction. @returns the account as it stands */
export async function touchAccount(
  transaction: Prisma.TransactionClient,
  id: string,
  lastLoginAt: Date,
): Promise<Credentials> {
  return transaction.account.update({
    where: { id },
    data: { lastLoginAt },
    select: { ...accountFields, passwordHash: true },
  });
}

/** Stores a password in another kind of hash, unless another password was set meanwhile. */
export async function replacePasswordHash(
  transaction: Prisma.TransactionClient,
  id: string,
  from: string,
  to: string,
): Promise<boolean> {
  const { count } = await transaction.account.updateMany({
    where: { id, passwordHash: from },
    data: { passwordHash: to },
  });
  return count > 0;
}

/** Whether the account has signed in from this network before. */
export async function isKnownAddress(
  transaction: Prisma.TransactionClient,
  accountId: string,
  hash: Buffer,
): Promise<boolean> {
  const [row] = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM known_address WHERE account_id = ${accountId}::uuid AND hash = ${hash}`;
  return row !== undefined;
}

export async function rememberAddress(
  transaction: Prisma.TransactionClient,
  accountId: string,
  hash: Buffer,
  now: Date,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO known_address (account_id, hash, last_used_at) VALUES (${accountId}::uuid, ${hash}, ${now})
    ON CONFLICT (account_id, hash) DO UPDATE SET last_used_at = excluded.last_used_at`;
}

/** Forgets the addresses of an account, or those that nobody has used since a time. */
export async function forgetAddresses(
  transaction: Prisma.TransactionClient,
  which: { accountId: string } | { before: Date },
): Promise<void> {
  await transaction.knownAddress.deleteMany({
    where: 'accountId' in which ? { accountId: which.accountId } : { lastUsedAt: { lt: which.before } },
  });
}

/**
 * Ends what signs an account in past its password: links to other providers, passkeys and API keys.
 * @returns the ids of the keys that had not ended.
 */
export async function dropSideDoors(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<{ apiKeyIds: string[] }> {
  const where = { accountId };
  const apiKeys = await transaction.apiKey.findMany({ where: { ...where, revokedAt: null }, select: { id: true } });
  await transaction.apiKey.deleteMany({ where });
  await transaction.identity.deleteMany({ where });
  await transaction.passkey.deleteMany({ where });
  return { apiKeyIds: apiKeys.map(({ id }) => id) };
}

/**
 * Takes away what can sign an account in and was added since a time.
 * @returns the ids of API keys that had not ended.
 */
export async function dropWhatWasAdded(
  transaction: Prisma.TransactionClient,
  accountId: string,
  since: Date,
): Promise<{ apiKeyIds: string[] }> {
  const added = { accountId, createdAt: { gte: since } };
  const apiKeys = await transaction.apiKey.findMany({ where: { ...added, revokedAt: null }, select: { id: true } });
  await transaction.apiKey.deleteMany({ where: added });
  await transaction.passkey.deleteMany({ where: added });
  await transaction.recoveryCode.deleteMany({ where: added });
  await transaction.identity.deleteMany({ where: { accountId, linkedAt: { gte: since } } });
  await transaction.totp.deleteMany({ where: { accountId, enabledAt: { gte: since } } });
  return { apiKeyIds: apiKeys.map(({ id }) => id) };
}

/**
 * Takes everything personal out of an account and everything that could sign it in.
 * @param username stands in for the one it had, which is free again
 * @returns the ids of its API keys that had not ended.
 */
export async function eraseAccount(
  transaction: Prisma.TransactionClient,
  id: string,
  username: string,
): Promise<{ apiKeyIds: string[] }> {
  const where = { accountId: id };
  const dropped = await dropSideDoors(transaction, id);
  await transaction.recoveryCode.deleteMany({ where });
  await transaction.totp.deleteMany({ where });
  await transaction.ticket.deleteMany({ where });
  await transaction.session.deleteMany({ where });
  await forgetAddresses(transaction, { accountId: id });
  await transaction.account.update({
    where: { id },
    data: {
      status: 'DELETED',
      role: 'USER',
      username,
      usernameNormalized: username,
      email: null,
      emailNormalized: null,
      emailVerifiedAt: null,
      passwordHash: null,
      suspensionReason: null,
      suspendedUntil: null,
      lastLoginAt: null,
      accessVersion: { increment: 1 },
    },
  });
  return dropped;
}
