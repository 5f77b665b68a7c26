import { createHash, randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { newId } from '../../platform/identifiers.ts';

// What auth sends to PostgreSQL for a login and for a refresh, word for word as Prisma writes it and in the same order, with the
// same transactions. The bench records what auth really sends and says when that is something else than what stands here.

const dayMilliseconds = 86_400_000;
const address = '127.0.0.1';
const userAgent = 'bench';

function columns(table: string, names: readonly string[]): string {
  return names
    .map((name) => {
      const [column, cast = ''] = name.split('::');
      return `"public"."${table}"."${column}"${cast && `::${cast}`}`;
    })
    .join(', ');
}

const accountNames = [
  ...['id', 'kind::text', 'status::text', 'role::text', 'username', 'email', 'email_verified_at', 'access_version'],
  ...['suspension_reason', 'suspended_until', 'last_login_at', 'created_at'],
];
const credentials = columns('account', [...accountNames, 'password_hash']);

const findCredentials = `SELECT id, kind, status, role, username, email, email_verified_at AS "emailVerifiedAt",
    access_version AS "accessVersion", suspension_reason AS "suspensionReason", suspended_until AS "suspendedUntil",
    last_login_at AS "lastLoginAt", created_at AS "createdAt", password_hash AS "passwordHash",
    EXISTS (SELECT FROM known_address WHERE account_id = account.id AND hash = $1) AS "isKnownHere"
  FROM account WHERE username_normalized = $2 OR email_normalized = $3`;
const countSecondFactors = `SELECT EXISTS (SELECT FROM totp WHERE account_id = $1::uuid) AS "hasTotp",
    (SELECT count(*)::int FROM passkey WHERE account_id = $2::uuid) AS passkeys,
    (SELECT count(*)::int FROM recovery_code WHERE account_id = $3::uuid AND used_at IS NULL) AS "recoveryCodes"`;
const updateAccount = `UPDATE "public"."account" SET "last_login_at" = $1 WHERE ("public"."account"."id" = $2 AND 1=1) RETURNING ${credentials}`;
const insertSession = `WITH opened AS (
    INSERT INTO session (id, account_id, created_at, last_used_at, authenticated_at, rotated_at, expires_at, methods,
                         user_agent, address)
    VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::text[], $9, $10)
  ), token AS (
    INSERT INTO refresh_token (hash, session_id, generation, created_at, expires_at)
    VALUES ($11, $12::uuid, 0, $13, $14)
  )
  UPDATE session SET revoked_at = $15 WHERE id IN (
    SELECT id FROM session WHERE account_id = $16::uuid AND revoked_at IS NULL AND expires_at > $17
    ORDER BY id DESC OFFSET $18
  ) RETURNING id`;
const rememberAddress = `INSERT INTO known_address (account_id, hash, last_used_at) VALUES ($1::uuid, $2, $3)
  ON CONFLICT (account_id, hash) DO UPDATE SET last_used_at = excluded.last_used_at`;
const insertSecurityEvent = `INSERT INTO security_event (id, occurred_at, action, succeeded, account_id, actor_id, session_id, address, user_agent,
                              details)
  VALUES ($1::uuid, $2, $3, $4, $5::uuid, $6::uuid,
          $7::uuid, $8, $9, $10::jsonb)`;
const exchangeNewestToken = `WITH rotated AS (
    UPDATE session SET generation = session.generation + 1, rotated_at = $1, last_used_at = $2,
      address = coalesce($3, session.address), user_agent = coalesce($4, session.user_agent)
    FROM refresh_token used
    WHERE used.hash = $5 AND used.expires_at > $6 AND session.id = used.session_id
      AND session.generation = used.generation AND session.revoked_at IS NULL AND session.expires_at > $7
    RETURNING session.id, session.account_id, session.generation, session.expires_at
  )
  INSERT INTO refresh_token (hash, session_id, generation, created_at, expires_at)
  SELECT $8, id, generation, $9, least($10, expires_at) FROM rotated
  RETURNING session_id AS "sessionId", (SELECT account_id FROM rotated) AS "accountId", expires_at AS "expiresAt"`;
const findAccount = `SELECT ${credentials} FROM "public"."account" WHERE ("public"."account"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3`;

/** The statements of one login of somebody without a second factor, from an address that they have signed in from before. */
export const loginStatements = [
  ...[findCredentials, countSecondFactors, 'BEGIN', updateAccount, insertSession, rememberAddress],
  ...[insertSecurityEvent, 'COMMIT'],
];

/** The statements of one refresh, whose token is the session's newest. */
export const refreshStatements = [exchangeNewestToken, findAccount];

/** A session, as the hash of the refresh token that it waits for. */
export interface BareSession {
  tokenHash: Buffer;
}

/** The statements of a login, without the password. */
export async function runLoginStatements(pool: Pool, login: string): Promise<BareSession> {
  const network = createHash('sha256').update(address).digest();
  const found = await pool.query(findCredentials, [network, login, login]);
  const accountId: string = found.rows[0].id;
  await pool.query(countSecondFactors, [accountId, accountId, accountId]);
  return inTransaction(pool, async (client) => {
    const now = new Date();
    const [sessionId, tokenHash] = [newId(), makeHash()];
    const expiresAt = new Date(now.getTime() + 30 * dayMilliseconds);
    await client.query(updateAccount, [now, accountId]);
    const session = [sessionId, accountId, now, now, now, now, expiresAt, ['password'], userAgent, address];
    const limit = [now, accountId, now, 99];
    await client.query(insertSession, [...session, tokenHash, sessionId, now, tokenEnd(now), ...limit]);
    await client.query(rememberAddress, [accountId, network, now]);
    const about = [accountId, accountId, sessionId, address, userAgent];
    const event = [newId(), now, 'login', true, ...about, '{"methods":["password"]}'];
    await client.query(insertSecurityEvent, event);
    return { tokenHash };
  });
}

/** The statements of a refresh. The session goes on with its next token. */
export async function runRefreshStatements(pool: Pool, session: BareSession): Promise<void> {
  const now = new Date();
  const next = makeHash();
  const used = [now, now, address, userAgent, session.tokenHash, now, now];
  const { rows } = await pool.query(exchangeNewestToken, [...used, next, now, tokenEnd(now)]);
  await pool.query(findAccount, [rows[0].accountId, 1, 0]);
  session.tokenHash = next;
}

function tokenEnd(now: Date): Date {
  return new Date(now.getTime() + 7 * dayMilliseconds);
}

function makeHash(): Buffer {
  return createHash('sha256').update(randomBytes(32)).digest();
}

async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    client.release();
  }
}

/** What runs in the background, in its own time, and belongs to no login or refresh. */
const background =
  /pg_(try_)?advisory|idle_in_transaction_session_timeout|"?outbox"?|"public"\."mail"|"public"\."signing_key"|^SELECT 1$|^COMMIT$/;

/** @returns a line for each statement that auth sent and the peer does not send, or the other way round. */
export function compareStatements(sent: readonly string[], expected: readonly string[]): string[] {
  const normalize = (statement: string) => statement.replace(/\s+/g, ' ').trim();
  const unexpected: string[] = [];
  const missing = expected.map(normalize);
  for (const statement of sent.map(normalize)) {
    const index = missing.indexOf(statement);
    if (index >= 0) missing.splice(index, 1);
    else if (!background.test(statement)) unexpected.push(statement);
  }
  return [
    ...unexpected.map((statement) => `auth sends, and the peer does not: ${statement}`),
    ...missing.map((statement) => `the peer sends, and auth does not: ${statement}`),
  ];
}
