import { buildConnection, type Connection, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { codedError } from '../../../platform/errors.ts';
import { isId } from '../../../platform/identifiers.ts';
import { networkOf } from '../../../platform/network.ts';
import { hashNetwork } from '../accounts/known-addresses.ts';
import { normalizeLogin } from '../accounts/names.ts';
import {
  type AccountRecord,
  type Credentials,
  findAccount,
  findCredentials,
  lockAccount,
  replacePasswordHash,
} from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import type { LoginInput, RefreshSessionInput, RevokeSessionInput, Session } from '../schema.types.ts';
import { hashToken } from '../tickets/codes.ts';
import { deleteTickets } from '../tickets/repository.ts';
import { expiredCookies } from './cookies.ts';
import { loginPaces } from './login-paces.ts';
import {
  countRefreshTokens,
  exchangeNewestToken,
  insertRefreshToken,
  type LockedSession,
  lockSessionOf,
  pageSessions,
  type SessionRecord,
} from './repository.ts';
import { revokeSessions } from './revoke.ts';
import { continueSignIn, credentialsInvalid, deliverSession, presentSession, type SignIn } from './sign-in.ts';
import { requireRecentAuthentication, requireSession } from './step-up.ts';
import { makeRefreshToken, type RefreshToken } from './tokens.ts';

/** Somebody who repeats an exchange because the answer was lost does so a few times at most. */
const repeatedExchangeLimit = 10;

type Exchange =
  | { outcome: 'exchanged' | 'repeated'; session: Session; account: AccountRecord }
  | { outcome: 'reused' | 'invalid' };

/** The use cases of sessions, for one request. */
export function createSessionService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, passwords, throttle, metrics, settings, now } = dependencies;
  const { viewer, trace, client } = request;
  const record = createRecorder(request, now);

  async function login(input: LoginInput): Promise<SignIn> {
    const login = normalizeLogin(input.login);
    // PostgreSQL's text holds no null character: such a login is nobody's.
    const isNobody = login.includes('\u0000');
    const here = hashNetwork(settings, client.address);
    const credentials = isNobody ? null : await findCredentials(database, login, here);
    const forgive = await slowGuessingDown(login, credentials);
    const { matches, rehashed } = await passwords.verify(credentials?.passwordHash ?? null, input.password, {
      isKnown: credentials?.isKnownHere ?? false,
      // Failures are counted when they have failed: of a burst from one address, the rest stops here.
      admit: () => throttle.check(loginPaces.fromAddress, networkOf(client.address)),
    });
    if (credentials === null || !matches) {
      await throttle.attempt(loginPaces.fromAddress, networkOf(client.address)).catch(() => undefined);
      metrics.logins.inc({ method: 'password', result: 'failure' });
      await recordFailure(credentials, 'wrong');
      throw credentialsInvalid();
    }
    await forgive();
    return continueSignIn(dependencies, request, await rehash(credentials, rehashed, input.password), 'password');
  }

  /** Takes the chance to store the password in today's kind of hash. */
  async function rehash(credentials: Credentials, passwordHash: string | null, password: string): Promise<Credentials> {
    const { id, passwordHash: before } = credentials;
    if (passwordHash === null || before === null) return credentials;
    if (await replacePasswordHash(database, id, before, passwordHash)) return { ...credentials, passwordHash };
    // Another sign-in was faster, or another password was set: only the hash that is there now tells which.
    const stored = (await findAccount(database, id))?.passwordHash ?? null;
    const { matches } = await passwords.verify(stored, password);
    if (!matches) throw credentialsInvalid();
    return { ...credentials, passwordHash: stored };
  }

  /**
   * Guesses wait: those of one address at one login, those of one address at all logins, and those of all strangers at one login.
   * Whoever has signed in from here before is no stranger, so that no storm from elsewhere keeps them out. The names of accounts
   * that do not exist are counted like any other.
   */
  async function slowGuessingDown(
    login: string,
    credentials: (Credentials & { isKnownHere: boolean }) | null,
  ): Promise<() => Promise<void>> {
    const network = networkOf(client.address);
    const isKnown = credentials?.isKnownHere ?? false;
    try {
      await throttle.check(loginPaces.fromAddress, network);
      const isPairSlowed = await throttle.attempt(loginPaces.fromAddressAtLogin, network, login);
      const areStrangersSlowed = !isKnown && (await throttle.attempt(loginPaces.strangersAtLogin, login));
      // Told once each time that the gate shuts: those who stand before it are many.
      if (isPairSlowed || areStrangersSlowed) await recordFailure(credentials, 'slowed_down');
    } catch (error) {
      metrics.logins.inc({ method: 'password', result: 'throttled' });
      throw error;
    }
    return async () => {
      await throttle.forgive(loginPaces.fromAddressAtLogin, network, login);
      if (!isKnown) await throttle.forgive(loginPaces.strangersAtLogin, login);
    };
  }

  async function recordFailure(credentials: Credentials | null, reason: 'wrong' | 'slowed_down'): Promise<void> {
    await record(database, 'login', {
      accountId: credentials?.id ?? null,
      actorId: null,
      succeeded: false,
      details: { methods: ['password'], reason },
    });
  }

  async function refreshSession({ refreshToken }: RefreshSessionInput): Promise<Omit<SignIn, 'secondFactor'>> {
    const token = refreshToken ?? client.refreshToken;
    const exchange = token === null ? ({ outcome: 'invalid' } as const) : await exchangeRefreshToken(hashToken(token));
    metrics.refreshes.inc({ result: exchange.outcome });
    if ('session' in exchange) {
      return { session: deliverSession(request, exchange.session, now()), user: exchange.account };
    }
    if (exchange.outcome === 'reused') {
      relay.wake();
      mailSender.wake();
    }
    if (client.wantsCookies) dropCookies();
    throw new Failure('REFRESH_TOKEN_INVALID', 'The refresh token is not valid. Sign in again.', ['refreshToken']);
  }

  /**
   * Exchanges a refresh token for the next of its session. Only tokens of the session's newest generation are good, and, for some
   * seconds, those of the one before.
   */
  async function exchangeRefreshToken(hash: Buffer): Promise<Exchange> {
    const at = now();
    const next = makeRefreshToken(settings, at);
    const exchanged = await exchangeNewestToken(database, hash, next, { at, ...client });
    if (exchanged === null) return exchangeOlderToken(hash, next, at);
    const account = await findAccount(database, exchanged.accountId);
    if (account?.status !== 'ACTIVE') return { outcome: 'invalid' };
    const token = { ...next, expiresAt: exchanged.expiresAt };
    const session = presentSession(dependencies, account, exchanged.sessionId, token, at);
    return { outcome: 'exchanged', session, account };
  }

  /**
   * A client that lost the answer, or refreshed twice at once, asks again and gets another token beside the first. A token that is
   * older still is in two hands, and nothing tells which is the thief's: it ends the session for both, in the same transaction.
   */
  function exchangeOlderToken(hash: Buffer, next: RefreshToken, at: Date): Promise<Exchange> {
    return database.$transaction(async (transaction) => {
      const found = await lockSessionOf(transaction, hash);
      if (found === null || hasEnded(found, at)) return { outcome: 'invalid' };
      const { id: sessionId, generation } = found;
      const account = await findAccount(transaction, found.accountId);
      if (account?.status !== 'ACTIVE') return { outcome: 'invalid' };
      if (isRecent(found, at)) {
        // Somebody who repeats it for ever is refused, and no thief for that.
        const count = await countRefreshTokens(transaction, sessionId, generation);
        if (count >= repeatedExchangeLimit) return { outcome: 'invalid' };
      } else {
        await revokeSessions(transaction, account.id, { only: sessionId }, trace, at);
        const about = { accountId: account.id, actorId: null, sessionId, succeeded: false };
        await record(transaction, 'session_refresh_reused', about);
        await notify(
          transaction,
          dependencies,
          account,
          'Somebody used an old token of a session of yours, and it was ended',
        );
        return { outcome: 'reused' };
      }
      const token = { ...next, expiresAt: earlier(next.expiresAt, found.expiresAt) };
      const { expiresAt } = token;
      await insertRefreshToken(transaction, { hash: next.hash, sessionId, generation, createdAt: at, expiresAt });
      return { outcome: 'repeated', session: presentSession(dependencies, account, sessionId, token, at), account };
    });
  }

  /** Whether a token was exchanged only just now. */
  function isRecent({ generation, tokenGeneration, rotatedAt }: LockedSession, at: Date): boolean {
    if (tokenGeneration !== generation - 1) return false;
    return at.getTime() - rotatedAt.getTime() < settings.REFRESH_TOKEN_REUSE_SECONDS * 1000;
  }

  /** A browser whose access token has ended signs out with the refresh token in its cookie. */
  async function logout(): Promise<{ user: AccountRecord | null }> {
    if (client.wantsCookies) dropCookies();
    if (viewer === null && client.refreshToken === null) throw codedError('UNAUTHENTICATED');
    const at = now();
    const accountId = await database.$transaction(async (transaction) => {
      const current = viewer ?? (await findSessionOfCookie(transaction, at));
      if (current === null) return null;
      const { sessionId, userId } = current;
      const ended = await revokeSessions(transaction, userId, { only: sessionId }, trace, at);
      if (ended.length > 0) await record(transaction, 'logout', { accountId: userId, actorId: userId, sessionId });
      return userId;
    });
    relay.wake();
    return { user: accountId === null ? null : await findAccount(database, accountId) };
  }

  async function findSessionOfCookie(
    transaction: Parameters<typeof lockSessionOf>[0],
    at: Date,
  ): Promise<{ sessionId: string; userId: string } | null> {
    const found =
      client.refreshToken === null ? null : await lockSessionOf(transaction, hashToken(client.refreshToken));
    return found === null || hasEnded(found, at) ? null : { sessionId: found.id, userId: found.accountId };
  }

  async function logoutEverywhere(): Promise<{ user: AccountRecord | null }> {
    const { accountId } = await requireSession(dependencies, request);
    await database.$transaction(async (transaction) => {
      await lockAccount(transaction, accountId);
      await deleteTickets(transaction, accountId, ['CHANGE_EMAIL', 'SECOND_FACTOR']);
      const ended = await revokeSessions(transaction, accountId, {}, trace, now());
      await record(transaction, 'logout_everywhere', { details: { sessions: ended.length } });
    });
    relay.wake();
    if (client.wantsCookies) dropCookies();
    return { user: await findAccount(database, accountId) };
  }

  async function revokeSession({ sessionId }: RevokeSessionInput): Promise<{ revokedSessionId: string }> {
    // One's own session is ended as freely as by `logout`.
    const authorize = sessionId === viewer?.sessionId ? requireSession : requireRecentAuthentication;
    const { accountId } = await authorize(dependencies, request);
    const ended = await database.$transaction(async (transaction) => {
      const ids = isId(sessionId)
        ? await revokeSessions(transaction, accountId, { only: sessionId }, trace, now())
        : [];
      if (ids.length > 0) await record(transaction, 'session_revoked', { details: { sessionId } });
      return ids;
    });
    if (ended.length === 0) throw new Failure('SESSION_NOT_FOUND', 'You have no such session.', ['sessionId']);
    relay.wake();
    return { revokedSessionId: sessionId };
  }

  async function listSessions(
    account: AccountRecord,
    args: { first?: number | null; after?: string | null },
  ): Promise<Connection<SessionRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('sessions', account.id, cursor));
    const rows = await pageSessions(database, account.id, page, now());
    return buildConnection(
      page,
      rows,
      ({ id }) => encodeCursor('sessions', account.id, id),
      (row) => row,
    );
  }

  function dropCookies(): void {
    for (const cookie of expiredCookies()) request.setCookie(cookie);
  }

  return {
    login,
    refreshSession,
    logout,
    logoutEverywhere,
    revokeSession,
    listSessions,
    isCurrent: ({ id }: SessionRecord) => viewer?.sessionId === id,
  };
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function hasEnded({ revokedAt, expiresAt, tokenExpiresAt }: LockedSession, at: Date): boolean {
  return revokedAt !== null || expiresAt <= at || tokenExpiresAt <= at;
}
