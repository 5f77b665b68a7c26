import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface NewSession {
  id: string;
  accountId: string;
  createdAt: Date;
  expiresAt: Date;
  methods: string[];
  userAgent: string | null;
  address: string | null;
}

export interface SessionRecord {
  id: string;
  accountId: string;
  methods: string[];
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  authenticatedAt: Date;
}

/** A session as a refresh token finds it, locked until the end of the transaction. */
export interface LockedSession {
  id: string;
  accountId: string;
  /** Of the session. */
  generation: number;
  rotatedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** Of the token. */
  tokenGeneration: number;
  tokenExpiresAt: Date;
}

export interface NewRefreshToken {
  hash: Buffer;
  expiresAt: Date;
}

/**
 * Opens a session with its first refresh token, and ends the oldest of its account as far as there would be too many, as one
 * statement. Two at once for the same account count only right under its lock.
 * @returns the ids of those that it ended.
 */
export async function insertSession(
  transaction: Prisma.TransactionClient,
  { id, accountId, createdAt, expiresAt, methods, userAgent, address }: NewSession,
  token: NewRefreshToken,
  maximumSessions: number,
): Promise<string[]> {
  // No part of the statement sees what another one writes: the new session is not among those that are counted.
  const ended = await transaction.$queryRaw<{ id: string }[]>`
    WITH opened AS (
      INSERT INTO session (id, account_id, created_at, last_used_at, authenticated_at, rotated_at, expires_at, methods,
                           user_agent, address)
      VALUES (${id}::uuid, ${accountId}::uuid, ${createdAt}, ${createdAt}, ${createdAt}, ${createdAt}, ${expiresAt},
              ${methods}::text[], ${userAgent}, ${address})
    ), token AS (
      INSERT INTO refresh_token (hash, session_id, generation, created_at, expires_at)
      VALUES (${token.hash}, ${id}::uuid, 0, ${createdAt}, ${token.expiresAt})
    )
    UPDATE session SET revoked_at = ${createdAt} WHERE id IN (
      SELECT id FROM session WHERE account_id = ${accountId}::uuid AND revoked_at IS NULL AND expires_at > ${createdAt}
      ORDER BY id DESC OFFSET ${maximumSessions - 1}
    ) RETURNING id`;
  return ended.map((session) => session.id);
}

/** Who uses a session, when and from where. */
export interface SessionUse {
  at: Date;
  address: string | null;
  userAgent: string | null;
}

/**
 * Exchanges the newest refresh token of a session for the next, as one statement. Of two exchanges at once the second waits for
 * the first and then finds that the token is the newest no more. Null, with nothing changed, for everything but the plain case.
 */
export async function exchangeNewestToken(
  transaction: Prisma.TransactionClient,
  usedHash: Buffer,
  next: NewRefreshToken,
  { at, address, userAgent }: SessionUse,
): Promise<{ sessionId: string; accountId: string; expiresAt: Date } | null> {
  const [exchanged] = await transaction.$queryRaw<{ sessionId: string; accountId: string; expiresAt: Date }[]>`
    WITH rotated AS (
      UPDATE session SET generation = session.generation + 1, rotated_at = ${at}, last_used_at = ${at},
        address = coalesce(${address}, session.address), user_agent = coalesce(${userAgent}, session.user_agent)
      FROM refresh_token used
      WHERE used.hash = ${usedHash} AND used.expires_at > ${at} AND session.id = used.session_id
        AND session.generation = used.generation AND session.revoked_at IS NULL AND session.expires_at > ${at}
      RETURNING session.id, session.account_id, session.generation, session.expires_at
    )
    INSERT INTO refresh_token (hash, session_id, generation, created_at, expires_at)
    SELECT ${next.hash}, id, generation, ${at}, least(${next.expiresAt}, expires_at) FROM rotated
    RETURNING session_id AS "sessionId", (SELECT account_id FROM rotated) AS "accountId", expires_at AS "expiresAt"`;
  return exchanged ?? null;
}

export async function insertRefreshToken(
  transaction: Prisma.TransactionClient,
  token: NewRefreshToken & { sessionId: string; generation: number; createdAt: Date },
): Promise<void> {
  await transaction.refreshToken.create({ data: { ...token, hash: new Uint8Array(token.hash) } });
}

/** The session of a refresh token. Exchanges of the same session at once come one after the other. */
export async function lockSessionOf(
  transaction: Prisma.TransactionClient,
  tokenHash: Buffer,
): Promise<LockedSession | null> {
  const [session] = await transaction.$queryRaw<LockedSession[]>`
    SELECT s.id, s.account_id AS "accountId", s.generation, s.rotated_at AS "rotatedAt", s.expires_at AS "expiresAt",
      s.revoked_at AS "revokedAt", t.generation AS "tokenGeneration", t.expires_at AS "tokenExpiresAt"
    FROM refresh_token t JOIN session s ON s.id = t.session_id WHERE t.hash = ${tokenHash} FOR UPDATE OF s`;
  return session ?? null;
}

/** How many refresh tokens of one generation there are: one, and one more for each repeated exchange. */
export async function countRefreshTokens(
  transaction: Prisma.TransactionClient,
  sessionId: string,
  generation: number,
): Promise<number> {
  return transaction.refreshToken.count({ where: { sessionId, generation } });
}

/** The session's owner has proven once more who they are. False when the session has ended. */
export async function markAuthenticated(transaction: Prisma.TransactionClient, id: string, at: Date): Promise<boolean> {
  const { count } = await transaction.session.updateMany({
    where: { id, revokedAt: null, expiresAt: { gt: at } },
    data: { authenticatedAt: at },
  });
  return count > 0;
}

const sessionFields = {
  id: true,
  accountId: true,
  methods: true,
  userAgent: true,
  address: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  authenticatedAt: true,
} as const;

/** A session that has not ended; null otherwise. */
export async function findLiveSession(
  transaction: Prisma.TransactionClient,
  id: string,
  now: Date,
): Promise<SessionRecord | null> {
  return transaction.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: now } },
    select: sessionFields,
  });
}

/** Sessions of an account that have not ended, newest first; one more than the page wants. */
export async function pageSessions(
  transaction: Prisma.TransactionClient,
  accountId: string,
  page: { after: string | null; limit: number },
  now: Date,
): Promise<SessionRecord[]> {
  return transaction.session.findMany({
    where: {
      accountId,
      revokedAt: null,
      expiresAt: { gt: now },
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
    select: sessionFields,
  });
}

/**
 * Ends sessions of an account that have not ended: one, all, or all but one.
 * @returns the ids of those that it ended.
 */
export async function endSessions(
  transaction: Prisma.TransactionClient,
  accountId: string,
  which: { only?: string; except?: string | undefined },
  now: Date,
): Promise<string[]> {
  const ended = await transaction.session.updateManyAndReturn({
    where: {
      accountId,
      revokedAt: null,
      expiresAt: { gt: now },
      ...(which.only !== undefined && { id: which.only }),
      ...(which.except !== undefined && { id: { not: which.except } }),
    },
    data: { revokedAt: now },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

/** Sessions that can still be used. */
export async function countLiveSessions(transaction: Prisma.TransactionClient, now: Date): Promise<number> {
  return transaction.session.count({ where: { revokedAt: null, expiresAt: { gt: now } } });
}

/** Forgets sessions and refresh tokens past their end. Used tokens stay until then: a second use shows a theft. */
export async function deleteExpiredSessions(transaction: Prisma.TransactionClient, now: Date): Promise<void> {
  await transaction.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } });
  await transaction.session.deleteMany({ where: { expiresAt: { lt: now } } });
}
