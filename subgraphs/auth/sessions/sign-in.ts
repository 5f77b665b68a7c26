import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import { newId } from '../../../platform/identifiers.ts';
import { hashNetwork } from '../accounts/known-addresses.ts';
import {
  type AccountRecord,
  findAccount,
  rememberAddress,
  touchAccount,
  updateAccount,
} from '../accounts/repository.ts';
import { standingAt } from '../administration/status.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { userResumed } from '../events.ts';
import { Failure } from '../failure.ts';
import type { SecondFactorChallenge, Session } from '../schema.types.ts';
import { challengeSecondFactor } from '../second-factors/challenge.ts';
import { sessionCookies } from './cookies.ts';
import { insertSession } from './repository.ts';
import { revokeSessions, tellRevoked } from './revoke.ts';
import { makeRefreshToken, type RefreshToken, signAccessToken } from './tokens.ts';

type Transaction = Parameters<typeof insertSession>[0];

/** The result of every way to sign in. */
export interface SignIn {
  /** Null in cookie mode, and while a second factor is wanted. */
  session: Session | null;
  user: AccountRecord | null;
  secondFactor: SecondFactorChallenge | null;
}

/** A session with a fresh pair of tokens, as its client gets it. */
export interface OpenedSession {
  sessionId: string;
  session: Session;
}

/**
 * Goes on after a first factor was proven: asks for the second one, or opens a session.
 * @param method how it was proven: `password`, `oauth:<provider>`
 * @throws Failure ACCOUNT_SUSPENDED
 */
export async function continueSignIn(
  dependencies: AuthDependencies,
  request: AuthRequest,
  account: AccountRecord & { passwordHash?: string | null },
  method: string,
): Promise<SignIn> {
  const { status } = standingAt(account, dependencies.now());
  if (status === 'SUSPENDED') throw await refuseSuspended(dependencies, request, account.id, method);
  const secondFactor = await challengeSecondFactor(dependencies, account, method);
  if (secondFactor === null) return completeSignIn(dependencies, request, account, [method]);
  dependencies.metrics.logins.inc({ method, result: 'second_factor_wanted' });
  return { session: null, user: null, secondFactor };
}

/**
 * Opens a session for somebody who has proven all that is wanted. What was true of the account when they began may have changed
 * since, so its row decides, locked until the session is there.
 * @param account as it was when it was proven; with the hash of the password that proved it, if one did
 * @throws Failure ACCOUNT_SUSPENDED, CREDENTIALS_INVALID
 */
export async function completeSignIn(
  dependencies: AuthDependencies,
  request: AuthRequest,
  account: AccountRecord & { passwordHash?: string | null },
  methods: string[],
): Promise<SignIn> {
  const { database, relay, metrics, now, settings } = dependencies;
  const method = methods.join('+');
  const record = createRecorder(request, now);
  const signedIn = await database.$transaction(async (transaction) => {
    const about = { accountId: account.id, actorId: account.id };
    const at = now();
    const found = await touchAccount(transaction, account.id, at);
    const { status } = standingAt(found, at);
    // Whoever set another password or deleted the account meanwhile has ended every session, and meant this one too.
    const isProven = account.passwordHash === undefined || account.passwordHash === found.passwordHash;
    if (status === 'DELETED' || !isProven) throw credentialsInvalid();
    if (status === 'SUSPENDED') return null;
    const user = found.status === 'ACTIVE' ? found : await updateAccount(transaction, account.id, awake);
    if (found.status !== 'ACTIVE') await writeToOutbox(transaction, userResumed(account.id, request.trace, at));
    const opened = await openSession(dependencies, request, transaction, user, methods);
    if (status === 'DEACTIVATED') await record(transaction, 'account_reactivated', about);
    await rememberAddress(transaction, account.id, hashNetwork(settings, request.client.address), at);
    await record(transaction, 'login', { ...about, sessionId: opened.sessionId, details: { methods } });
    return { opened, user };
  });
  if (signedIn === null) throw await refuseSuspended(dependencies, request, account.id, method);
  relay.wake();
  metrics.logins.inc({ method, result: 'success' });
  return { session: deliverSession(request, signedIn.opened.session, now()), user: signedIn.user, secondFactor: null };
}

/** What a deactivated account becomes with a sign-in, and one whose suspension is over. */
const awake = { status: 'ACTIVE', suspendedUntil: null, suspensionReason: null } as const;

export function credentialsInvalid(): Failure {
  return new Failure('CREDENTIALS_INVALID', 'No account has this login and password.');
}

/** An account is signed in at so many places at most: one more ends the oldest session. */
export const sessionLimit = 100;

/** Opens a session in the caller's transaction, whatever the account's state. Wake the relay after it. */
export async function openSession(
  dependencies: AuthDependencies,
  { client, viewer, trace }: AuthRequest,
  transaction: Transaction,
  account: AccountRecord,
  methods: string[],
): Promise<OpenedSession> {
  const { settings, now } = dependencies;
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + settings.SESSION_TTL_SECONDS * 1000);
  const sessionId = newId();
  const made = makeRefreshToken(settings, createdAt);
  const refreshToken = made.expiresAt < expiresAt ? made : { ...made, expiresAt };
  const { address, userAgent } = client;
  // A browser's cookies are replaced, and nobody holds the session before any more.
  if (client.wantsCookies && viewer !== null) {
    await revokeSessions(transaction, viewer.userId, { only: viewer.sessionId }, trace, createdAt);
  }
  const session = { id: sessionId, accountId: account.id, createdAt, expiresAt, methods, address, userAgent };
  const ended = await insertSession(transaction, session, refreshToken, sessionLimit);
  await tellRevoked(transaction, account.id, ended, trace, createdAt);
  return { sessionId, session: presentSession(dependencies, account, sessionId, refreshToken, createdAt) };
}

export function presentSession(
  { signingKeys, settings }: AuthDependencies,
  { id, role, accessVersion }: AccountRecord,
  sessionId: string,
  refreshToken: RefreshToken,
  now: Date,
): Session {
  const access = signAccessToken({ userId: id, sessionId, role, accessVersion }, signingKeys.current(), settings, now);
  return {
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken: refreshToken.token,
    refreshTokenExpiresAt: refreshToken.expiresAt,
  };
}

/** Hands the tokens over: in the answer, or in cookies, where no script can read them, and then nowhere else. */
export function deliverSession({ client, setCookie }: AuthRequest, session: Session, now: Date): Session | null {
  if (!client.wantsCookies) return session;
  for (const cookie of sessionCookies(session, now)) setCookie(cookie);
  return null;
}

/** Only somebody who has proven who they are learns that they are suspended, and why. */
async function refuseSuspended(
  { database, metrics, now }: AuthDependencies,
  request: AuthRequest,
  accountId: string,
  method: string,
): Promise<Failure> {
  metrics.logins.inc({ method, result: 'suspended' });
  const about = { accountId, actorId: accountId, succeeded: false, details: { reason: 'suspended' } };
  await createRecorder(request, now)(database, 'login', about);
  const account = await findAccount(database, accountId);
  const end = account?.suspendedUntil ? ` until ${account.suspendedUntil.toISOString()}` : '';
  const reason = account?.suspensionReason ? ` The reason: ${account.suspensionReason}` : '';
  return new Failure('ACCOUNT_SUSPENDED', `This account is suspended${end}.${reason}`);
}
