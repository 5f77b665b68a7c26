import { newId } from '../../../platform/identifiers.ts';
import type { AccountRecord } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import type { Profile } from './profile.ts';
import type { Provider } from './provider.ts';
import { findIdentity, type IdentityRecord, insertIdentity, listIdentities } from './repository.ts';

type Transaction = Parameters<typeof insertIdentity>[0];

/** Identities that one account may have. */
const identityLimit = 20;

/**
 * Links a provider's person to an account, in the caller's transaction, which has locked the account. The owner gets a mail,
 * unless the account is new: wake the mail sender after it. What is linked already stays as it is.
 * @throws Failure IDENTITY_TAKEN, IDENTITY_LIMIT_REACHED; breaks a unique key when somebody else links the person at the same moment
 */
export async function linkIdentity(
  transaction: Transaction,
  dependencies: AuthDependencies,
  request: AuthRequest,
  link: { account: AccountRecord; provider: Provider; profile: Profile; isNew?: boolean; sessionId?: string },
): Promise<IdentityRecord> {
  const { account, provider, profile, isNew = false, sessionId = null } = link;
  const { now } = dependencies;
  const existing = await findIdentity(transaction, provider.id, profile.subject);
  if (existing !== null && existing.accountId !== account.id) throw identityTaken(provider);
  if (existing !== null) return existing;
  if ((await listIdentities(transaction, account.id)).length >= identityLimit) {
    throw new Failure(
      'IDENTITY_LIMIT_REACHED',
      `An account has at most ${identityLimit} identities. Unlink one first.`,
    );
  }
  const identity = await insertIdentity(transaction, {
    id: newId(),
    accountId: account.id,
    provider: provider.id,
    subject: profile.subject,
    email: profile.email?.email ?? null,
    linkedAt: now(),
  });
  await createRecorder(request, now)(transaction, 'identity_linked', {
    accountId: account.id,
    actorId: account.id,
    sessionId,
    details: { provider: provider.id, identityId: identity.id },
  });
  if (!isNew) await notify(transaction, dependencies, account, `${provider.name} can sign you in from now on`);
  return identity;
}

export function identityTaken({ name }: Provider): Failure {
  return new Failure('IDENTITY_TAKEN', `This account at ${name} signs in somebody else here.`);
}
