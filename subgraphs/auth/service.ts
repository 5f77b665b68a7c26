import DataLoader from 'dataloader';
import { violatedUniqueKey } from '../../platform/database.ts';
import type { Relay } from '../../platform/durable-events/relay.ts';
import { codedError } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/identifiers.ts';
import type { SubgraphRequest } from '../../platform/subgraph-server.ts';
import { UserFailure } from '../../platform/user-errors.ts';
import type { ServiceSettings } from './env.ts';
import { sessionRevoked, userRegistered } from './events.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { canReadEmail } from './policy.ts';
import type { AccountRecord, NewSession, Repository } from './repository.ts';
import type { LoginInput, RefreshSessionInput, RegisterInput, Session, UserErrorCode } from './schema.types.ts';
import type { SigningKey } from './signing-keys.ts';
import { hashRefreshToken, makeRefreshToken, type RefreshToken, signAccessToken } from './tokens.ts';

export interface ServiceDependencies {
  repository: Repository;
  relay: Relay;
  signingKey: SigningKey;
  settings: ServiceSettings;
  now: () => Date;
}

/** What the resolvers of one request share. */
export interface Context {
  service: AuthService;
}

export type AuthService = ReturnType<typeof createService>;

export interface SignedIn {
  session: Session;
  user: AccountRecord;
}

export const passwordLimits = { minimum: 8, maximum: 128 } as const;
const emailLimit = 254;

class Failure extends UserFailure<UserErrorCode> {}

/** The use cases of auth, for one request: they know its viewer and share its loader. */
export function createService(dependencies: ServiceDependencies, { viewer, trace }: SubgraphRequest) {
  const { repository, relay, signingKey, settings, now } = dependencies;

  const accounts = new DataLoader<string, AccountRecord | null>(async (ids) => {
    const found = await repository.findAccounts(ids.filter(isId));
    const byId = new Map(found.map((account) => [account.id, account]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  function presentSession(userId: string, sessionId: string, refreshToken: RefreshToken, at: Date): Session {
    const access = signAccessToken({ userId, sessionId }, signingKey, settings, at);
    return {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: refreshToken.token,
      refreshTokenExpiresAt: refreshToken.expiresAt,
    };
  }

  async function register(input: RegisterInput): Promise<SignedIn> {
    const { username, email, usernameNormalized, emailNormalized } = checkNames(input);
    checkPassword(input.password);
    await refuseTaken(repository, usernameNormalized, emailNormalized);
    const passwordHash = await hashPassword(input.password);
    const createdAt = now();
    const user = { id: newId(), username, email };
    const refreshToken = makeRefreshToken(settings, createdAt);
    const session = newSession(user.id, refreshToken, createdAt);
    try {
      await repository.insertAccount(
        { ...user, usernameNormalized, emailNormalized, passwordHash, createdAt },
        session,
        userRegistered(user, trace, createdAt),
      );
    } catch (error) {
      // Somebody took the name between the look and the leap.
      if (violatedUniqueKey(error) !== null) await refuseTaken(repository, usernameNormalized, emailNormalized);
      throw error;
    }
    relay.wake();
    return { session: presentSession(user.id, session.id, refreshToken, createdAt), user };
  }

  async function login({ login, password }: LoginInput): Promise<SignedIn> {
    const normalized = normalizeName(login.trim());
    // PostgreSQL's text holds no null character: such a login is nobody's.
    const credentials = normalized.includes('\u0000') ? null : await repository.findCredentials(normalized);
    const matches = await verifyPassword(credentials?.passwordHash ?? null, password);
    if (credentials === null || !matches) {
      throw new Failure('CREDENTIALS_INVALID', 'No account has this login and password.');
    }
    const { id, username, email } = credentials;
    const createdAt = now();
    const refreshToken = makeRefreshToken(settings, createdAt);
    const session = newSession(id, refreshToken, createdAt);
    await repository.insertSession(session);
    return { session: presentSession(id, session.id, refreshToken, createdAt), user: { id, username, email } };
  }

  async function refreshSession(input: RefreshSessionInput): Promise<SignedIn> {
    const at = now();
    const next = makeRefreshToken(settings, at);
    const usedHash = hashRefreshToken(input.refreshToken);
    const exchange = await repository.exchangeRefreshToken({
      usedHash,
      hash: next.hash,
      expiresAt: next.expiresAt,
      now: at,
      revokedEvent: (session) => sessionRevoked(session, trace, at),
    });
    if (exchange.outcome === 'exchanged') {
      const { account, sessionId } = exchange;
      return { session: presentSession(account.id, sessionId, next, at), user: account };
    }
    if (exchange.outcome === 'reused') relay.wake();
    throw new Failure('REFRESH_TOKEN_INVALID', 'The refresh token is not valid. Sign in again.', ['refreshToken']);
  }

  async function logout(): Promise<{ user: AccountRecord | null }> {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    await revokeSession(viewer.sessionId, viewer.userId);
    return { user: await accounts.load(viewer.userId) };
  }

  async function revokeSession(sessionId: string, userId: string): Promise<void> {
    const at = now();
    await repository.revokeSession(sessionId, sessionRevoked({ sessionId, userId }, trace, at), at);
    relay.wake();
  }

  return {
    viewer: async () => (viewer === null ? null : accounts.load(viewer.userId)),
    account: (id: string) => accounts.load(id),
    email: (account: AccountRecord) => (canReadEmail(viewer, account.id) ? account.email : null),
    register,
    login,
    refreshSession,
    logout,
  };
}

function newSession(accountId: string, refreshToken: RefreshToken, createdAt: Date): NewSession {
  const { hash, expiresAt } = refreshToken;
  return { id: newId(), accountId, createdAt, refreshTokenHash: hash, refreshTokenExpiresAt: expiresAt };
}

async function refuseTaken(repository: Repository, usernameNormalized: string, emailNormalized: string): Promise<void> {
  const taken = await repository.findTaken(usernameNormalized, emailNormalized);
  if (taken.username) throw new Failure('USERNAME_TAKEN', 'Somebody else has this username.', ['username']);
  if (taken.email) throw new Failure('EMAIL_TAKEN', 'An account with this e-mail address exists.', ['email']);
}

function checkNames({ username, email: emailInput }: RegisterInput) {
  if (!/^[A-Za-z0-9_]{3,50}$/.test(username)) {
    throw new Failure('USERNAME_INVALID', 'A username has 3 to 50 letters, digits and underscores.', ['username']);
  }
  const email = emailInput.trim();
  if (email.length > emailLimit || !/^[^\s@\p{Cc}]+@[^\s@.\p{Cc}]+(\.[^\s@.\p{Cc}]+)*$/u.test(email)) {
    throw new Failure('EMAIL_INVALID', 'This is not an e-mail address.', ['email']);
  }
  return {
    username,
    email,
    usernameNormalized: normalizeName(username),
    emailNormalized: normalizeName(email),
  };
}

/** Names that people take for the same are the same: case and compatible forms of characters make no difference. */
function normalizeName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function checkPassword(password: string): void {
  const { minimum, maximum } = passwordLimits;
  // Bounded first: a code point has at most two UTF-16 units.
  const length = password.length > 2 * maximum ? Number.POSITIVE_INFINITY : [...password].length;
  if (length < minimum || length > maximum || !password.isWellFormed()) {
    throw new Failure('PASSWORD_INVALID', `A password has ${minimum} to ${maximum} characters.`, ['password']);
  }
}
