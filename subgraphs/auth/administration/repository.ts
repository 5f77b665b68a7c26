import type { AccountStatus, Prisma, Role } from '../../../prisma/auth/client/client.ts';

/** What nobody is shown. */
const hiddenFields = { passwordHash: true, usernameNormalized: true, emailNormalized: true } as const;

type AccountRow = Prisma.AccountGetPayload<{ omit: typeof hiddenFields }>;

/** Which accounts a list has; null leaves a filter out. */
export interface AccountFilter {
  /** How the normalized username or e-mail address begins. */
  prefix: string | null;
  status: AccountStatus | null;
  role: Role | null;
}

/** Accounts, newest first; one more than the page wants. */
export async function pageAccounts(
  transaction: Prisma.TransactionClient,
  { prefix, status, role }: AccountFilter,
  page: { after: string | null; limit: number },
  now: Date,
): Promise<AccountRow[]> {
  // PostgreSQL's text holds no null character: no name begins with one.
  if (prefix?.includes('\u0000')) return [];
  return transaction.account.findMany({
    where: {
      AND: [
        page.after === null ? {} : { id: { lt: page.after } },
        prefix === null
          ? {}
          : { OR: [beginsWith('usernameNormalized', prefix), beginsWith('emailNormalized', prefix)] },
        status === null ? {} : hasStatus(status, now),
        role === null ? {} : { role },
      ],
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
    omit: hiddenFields,
  });
}

/** Prisma makes `LIKE '<prefix>%'` of it, in which the prefix may not have a meaning of its own. */
function beginsWith(field: 'usernameNormalized' | 'emailNormalized', prefix: string): Prisma.AccountWhereInput {
  return { [field]: { startsWith: prefix.replace(/[\\%_]/g, '\\$&') } };
}

/** Asks for what `standingAt` says: an account whose suspension is over is what it was before. */
function hasStatus(status: AccountStatus, now: Date): Prisma.AccountWhereInput {
  const isOver = { suspendedUntil: { lte: now } };
  const rests = { status: 'DEACTIVATED' } as const;
  if (status === 'ACTIVE') return { OR: [{ status }, { status: 'SUSPENDED', ...isOver }] };
  if (status === 'DEACTIVATED') return { ...rests, OR: [{ suspensionReason: null }, isOver] };
  if (status === 'DELETED') return { status };
  return {
    AND: [
      { OR: [{ status }, { ...rests, suspensionReason: { not: null } }] },
      { OR: [{ suspendedUntil: null }, { suspendedUntil: { gt: now } }] },
    ],
  };
}

/** Lets one change of an account by an administrator at a time go on, until the end of the transaction. */
export async function lockAdministration(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(4812003)`;
}

/** Whether there is a person besides this one who can sign in as an administrator. */
export async function hasOtherAdministrator(
  transaction: Prisma.TransactionClient,
  accountId: string,
  now: Date,
): Promise<boolean> {
  const other = await transaction.account.findFirst({
    where: { role: 'ADMIN', kind: 'PERSON', id: { not: accountId }, ...hasStatus('ACTIVE', now) },
    select: { id: true },
  });
  return other !== null;
}

/** Everybody with a role, programs included, oldest first. */
export async function listAccountsByRole(transaction: Prisma.TransactionClient, role: Role): Promise<AccountRow[]> {
  return transaction.account.findMany({ where: { role }, orderBy: { id: 'asc' }, omit: hiddenFields });
}

/** Which of the accounts want a second factor to sign in. */
export async function findSecondFactorHolders(
  transaction: Prisma.TransactionClient,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const ids = [...accountIds];
  const holders = await transaction.$queryRaw<{ id: string }[]>`
    SELECT account_id AS id FROM totp WHERE account_id = ANY(${ids}::uuid[])
    UNION SELECT account_id FROM passkey WHERE account_id = ANY(${ids}::uuid[])`;
  return new Set(holders.map(({ id }) => id));
}

export interface ImportedAccount {
  id: string;
  username: string;
  usernameNormalized: string;
  email: string;
  emailNormalized: string;
  emailVerifiedAt: Date | null;
  passwordHash: string;
  createdAt: Date;
}

/** Inserts those of the accounts whose names are free. @returns the ids of those. */
export async function insertAccounts(
  transaction: Prisma.TransactionClient,
  accounts: readonly ImportedAccount[],
): Promise<Set<string>> {
  const inserted = await transaction.account.createManyAndReturn({
    data: [...accounts],
    skipDuplicates: true,
    select: { id: true },
  });
  return new Set(inserted.map(({ id }) => id));
}

/** Who has these names already. */
export async function findNameHolders(
  transaction: Prisma.TransactionClient,
  names: readonly { usernameNormalized: string; emailNormalized: string }[],
): Promise<{ id: string; usernameNormalized: string; emailNormalized: string | null }[]> {
  return transaction.account.findMany({
    where: {
      OR: [
        { usernameNormalized: { in: names.map((each) => each.usernameNormalized) } },
        { emailNormalized: { in: names.map((each) => each.emailNormalized) } },
      ],
    },
    select: { id: true, usernameNormalized: true, emailNormalized: true },
  });
}
