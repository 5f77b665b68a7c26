import { violatedUniqueKey } from '../../../platform/database.ts';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import { newId } from '../../../platform/identifiers.ts';
import { networkOf } from '../../../platform/network.ts';
import { parseEmail } from '../accounts/names.ts';
import { registrationPace } from '../accounts/registration-pace.ts';
import {
  type AccountRecord,
  findAccount,
  findAccountByEmail,
  insertAccount,
  lockAccount,
} from '../accounts/repository.ts';
import { standingAt } from '../administration/status.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { userRegistered } from '../events.ts';
import { Failure } from '../failure.ts';
import { linkIdentity } from './link.ts';
import type { Email, Profile } from './profile.ts';
import type { Provider } from './provider.ts';
import { findIdentity } from './repository.ts';
import { chooseUsername } from './usernames.ts';

/** Each repetition is for somebody else who took a name, an address or the identity in the same moment. */
const maximumAttempts = 5;

/**
 * The account that a provider's person signs in: the one that is linked, or the one with the same address when both sides have
 * verified that, or a new one.
 * @throws Failure OAUTH_EMAIL_UNVERIFIED, OAUTH_ACCOUNT_EXISTS, IDENTITY_LIMIT_REACHED, TOO_MANY_ATTEMPTS
 */
export async function findOrMakeAccount(
  dependencies: AuthDependencies,
  request: AuthRequest,
  provider: Provider,
  profile: Profile,
): Promise<AccountRecord> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lookOrMake(dependencies, request, provider, profile);
    } catch (error) {
      // The same person came twice at once: the second time the account is there.
      if (violatedUniqueKey(error) === null || attempt === maximumAttempts) throw error;
    }
  }
}

async function lookOrMake(
  dependencies: AuthDependencies,
  request: AuthRequest,
  provider: Provider,
  profile: Profile,
): Promise<AccountRecord> {
  const { database } = dependencies;
  const identity = await findIdentity(database, provider.id, profile.subject);
  const linked = identity === null ? null : await findAccount(database, identity.accountId);
  if (linked !== null) return linked;
  if (profile.email === null || !profile.isEmailVerified) {
    const message = `${provider.name} tells no verified e-mail address of you. Verify it there, or sign in another way.`;
    throw new Failure('OAUTH_EMAIL_UNVERIFIED', message);
  }
  const owner = await findAccountByEmail(database, profile.email.emailNormalized);
  if (owner === null) return makeAccount(dependencies, request, provider, profile, profile.email);
  if (owner.emailVerifiedAt === null) throw new AccountExists(owner.id);
  // Nothing is linked to an account that may not sign in.
  if (standingAt(owner, dependencies.now()).status === 'SUSPENDED') return owner;
  return linkToOwner(dependencies, request, provider, profile, profile.email, owner.id);
}

/**
 * An address that its account has not verified proves nothing: somebody could have registered with it before its owner came, and
 * would share the account with them from then on.
 */
async function linkToOwner(
  dependencies: AuthDependencies,
  request: AuthRequest,
  provider: Provider,
  profile: Profile,
  { emailNormalized }: Email,
  accountId: string,
): Promise<AccountRecord> {
  const account = await dependencies.database.$transaction(async (transaction) => {
    // Looked at anew under its lock: the address may be another by now.
    const locked = await lockAccount(transaction, accountId);
    const isSame = locked?.email != null && parseEmail(locked.email).emailNormalized === emailNormalized;
    if (!isSame || locked.emailVerifiedAt === null) throw new AccountExists(accountId);
    await linkIdentity(transaction, dependencies, request, { account: locked, provider, profile });
    return locked;
  });
  dependencies.mailSender.wake();
  return account;
}

async function makeAccount(
  dependencies: AuthDependencies,
  request: AuthRequest,
  provider: Provider,
  profile: Profile,
  email: Email,
): Promise<AccountRecord> {
  const { database, relay, throttle, metrics, settings, now } = dependencies;
  const record = createRecorder(request, now);
  await throttle.attempt(registrationPace(settings), networkOf(request.client.address));
  const account = await database.$transaction(async (transaction) => {
    const createdAt = now();
    const names = await chooseUsername(transaction, profile.nameHints);
    const account = await insertAccount(transaction, {
      id: newId(),
      ...names,
      ...email,
      emailVerifiedAt: createdAt,
      passwordHash: null,
      createdAt,
    });
    const about = { accountId: account.id, actorId: account.id, sessionId: null };
    await record(transaction, 'registered', { ...about, details: { provider: provider.id } });
    await linkIdentity(transaction, dependencies, request, { account, provider, profile, isNew: true });
    await writeToOutbox(transaction, userRegistered(account, request.trace, createdAt));
    return account;
  });
  metrics.registrations.inc({ method: provider.id });
  relay.wake();
  return account;
}

/** Knows whose account it is, for the record of its owner. */
export class AccountExists extends Failure {
  readonly accountId: string;

  constructor(accountId: string) {
    const message =
      'An account with your e-mail address exists: sign in to it another way, and link the provider there.';
    super('OAUTH_ACCOUNT_EXISTS', message);
    this.accountId = accountId;
  }
}
