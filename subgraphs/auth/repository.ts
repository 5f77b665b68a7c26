import type { JsonWebKey } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { writeToOutbox } from '../../platform/durable-events/outbox.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import { type Prisma, PrismaClient } from '../../prisma/auth/client/client.ts';

export interface AccountRecord {
  id: string;
  username: string;
  email: string;
}

export interface Credentials extends AccountRecord {
  passwordHash: string;
}

export interface NewAccount extends Credentials {
  usernameNormalized: string;
  emailNormalized: string;
  createdAt: Date;
}

export interface NewSession {
  id: string;
  accountId: string;
  createdAt: Date;
  refreshTokenHash: Buffer;
  refreshTokenExpiresAt: Date;
}

export interface NextRefreshToken {
  /** The hash of the token that is exchanged. */
  usedHash: Buffer;
  hash: Buffer;
  expiresAt: Date;
  now: Date;
  /** The event that tells of the session's end, should the token turn out to be a used one. */
  revokedEvent(session: { sessionId: string; userId: string }): EventEnvelope<'auth.session.revoked'>;
}

/** What became of a refresh token: exchanged, or found to have been used before, or not valid at all. */
export type Exchange =
  | { outcome: 'exchanged'; sessionId: string; account: AccountRecord }
  | { outcome: 'reused' }
  | { outcome: 'invalid' };

export type Repository = ReturnType<typeof createRepository>;

const accountFields = { id: true, username: true, email: true } as const;

/** Everything that auth reads and writes in its database. */
export function createRepository(pool: Pool) {
  const database = new PrismaClient({ adapter: new PrismaPg(pool) });

  async function findAccounts(ids: readonly string[]): Promise<AccountRecord[]> {
    return database.account.findMany({ where: { id: { in: [...ids] } }, select: accountFields });
  }

  async function findCredentials(loginNormalized: string): Promise<Credentials | null> {
    return database.account.findFirst({
      where: { OR: [{ usernameNormalized: loginNormalized }, { emailNormalized: loginNormalized }] },
      select: { ...accountFields, passwordHash: true },
    });
  }

  /** Which of the two unique names of a new account are in use. */
  async function findTaken(usernameNormalized: string, emailNormalized: string) {
    const taken = await database.account.findMany({
      where: { OR: [{ usernameNormalized }, { emailNormalized }] },
      select: { usernameNormalized: true, emailNormalized: true },
    });
    return {
      username: taken.some((account) => account.usernameNormalized === usernameNormalized),
      email: taken.some((account) => account.emailNormalized === emailNormalized),
    };
  }

  /** Writes an account, its first session and the event that tells of it, all or none. Breaks a unique key when a name is taken. */
  async function insertAccount(
    account: NewAccount,
    session: NewSession,
    event: EventEnvelope<'auth.user.registered'>,
  ): Promise<void> {
    await database.$transaction(async (transaction) => {
      await transaction.account.create({ data: account });
      await createSession(transaction, session);
      await writeToOutbox(transaction, event);
    });
  }

  async function insertSession(session: NewSession): Promise<void> {
    await database.$transaction((transaction) => createSession(transaction, session));
  }

  /**
   * Exchanges a refresh token for the next of its session. Of two exchanges at once only one finds it unused. A used one
   * is in two hands, and nothing tells which is the thief's: it ends the session for both, in the same transaction.
   */
  async function exchangeRefreshToken(next: NextRefreshToken): Promise<Exchange> {
    const { usedHash, hash, expiresAt, now, revokedEvent } = next;
    return database.$transaction(async (transaction) => {
      const exchanged = await transaction.refreshToken.updateMany({
        where: { hash: bytes(usedHash), usedAt: null, expiresAt: { gt: now }, session: { revokedAt: null } },
        data: { usedAt: now },
      });
      const token = await transaction.refreshToken.findUnique({
        where: { hash: bytes(usedHash) },
        select: { sessionId: true, usedAt: true, session: { select: { account: { select: accountFields } } } },
      });
      if (token === null || (exchanged.count === 0 && token.usedAt === null)) return { outcome: 'invalid' };
      const { sessionId } = token;
      const { account } = token.session;
      if (exchanged.count === 0) {
        await endSession(transaction, sessionId, revokedEvent({ sessionId, userId: account.id }), now);
        return { outcome: 'reused' };
      }
      await transaction.refreshToken.create({ data: { hash: bytes(hash), sessionId, createdAt: now, expiresAt } });
      return { outcome: 'exchanged', sessionId, account };
    });
  }

  /** Ends a session, with the event that tells of it. A session that has ended already stays as it is. */
  async function revokeSession(
    sessionId: string,
    event: EventEnvelope<'auth.session.revoked'>,
    now: Date,
  ): Promise<void> {
    await database.$transaction((transaction) => endSession(transaction, sessionId, event, now));
  }

  /** All signing keys, newest first. */
  async function listSigningKeys() {
    const keys = await database.signingKey.findMany({ orderBy: { createdAt: 'desc' } });
    return keys.map((key) => ({ ...key, publicJwk: key.publicJwk as JsonWebKey }));
  }

  async function insertSigningKey(key: {
    id: string;
    publicJwk: JsonWebKey;
    encryptedPrivateKey: Buffer;
    createdAt: Date;
  }): Promise<void> {
    const publicJwk = key.publicJwk as Prisma.InputJsonObject;
    await database.signingKey.create({
      data: { ...key, publicJwk, encryptedPrivateKey: bytes(key.encryptedPrivateKey) },
    });
  }

  return {
    database,
    findAccounts,
    findCredentials,
    findTaken,
    insertAccount,
    insertSession,
    exchangeRefreshToken,
    revokeSession,
    listSigningKeys,
    insertSigningKey,
    stop: () => database.$disconnect(),
  };
}

async function createSession(transaction: Prisma.TransactionClient, session: NewSession): Promise<void> {
  const { id, accountId, createdAt, refreshTokenHash, refreshTokenExpiresAt } = session;
  await transaction.session.create({ data: { id, accountId, createdAt } });
  await transaction.refreshToken.create({
    data: { hash: bytes(refreshTokenHash), sessionId: id, createdAt, expiresAt: refreshTokenExpiresAt },
  });
}

async function endSession(
  transaction: Prisma.TransactionClient,
  sessionId: string,
  event: EventEnvelope<'auth.session.revoked'>,
  now: Date,
): Promise<void> {
  const revoked = await transaction.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  });
  if (revoked.count > 0) await writeToOutbox(transaction, event);
}

/** Prisma wants bytes over a buffer of their own; Node's small buffers share one. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
