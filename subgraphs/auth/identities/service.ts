import { violatedUniqueKey } from '../../../platform/database.ts';
import { type AccountRecord, findAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import type { CompleteOAuthInput, StartOAuthInput, UnlinkIdentityInput } from '../schema.types.ts';
import { countSecondFactors } from '../second-factors/repository.ts';
import { continueSignIn, type SignIn } from '../sessions/sign-in.ts';
import {
  lockOwnAccount,
  requireProvenAddress,
  requireRecentAuthentication,
  requireSession,
} from '../sessions/step-up.ts';
import { AccountExists, findOrMakeAccount } from './account-of-profile.ts';
import { beginFlow, type ReturnedFlow, takeFlow } from './flow.ts';
import { identityTaken, linkIdentity } from './link.ts';
import type { Provider } from './provider.ts';
import { deleteIdentity, type IdentityRecord, listIdentities, updateIdentity } from './repository.ts';

/** The use cases of signing in with other providers, for one request. */
export function createIdentityService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, mailSender, metrics, providers, settings, now } = dependencies;
  const record = createRecorder(request, now);

  function startOAuthLogin(input: StartOAuthInput) {
    return beginFlow(dependencies, request, input, { purpose: 'OAUTH_LOGIN', accountId: null });
  }

  async function completeOAuthLogin(input: CompleteOAuthInput): Promise<SignIn> {
    const flow = await takeFlow(dependencies, 'OAUTH_LOGIN', input).catch((error: unknown) => {
      metrics.oauthLogins.inc({ provider: 'unknown', result: resultOf(error) });
      throw error;
    });
    const provider = flow.provider.id;
    try {
      const signIn = await identifyAndSignIn(flow);
      metrics.oauthLogins.inc({ provider, result: signIn.secondFactor ? 'second_factor_wanted' : 'success' });
      return signIn;
    } catch (error) {
      metrics.oauthLogins.inc({ provider, result: resultOf(error) });
      await recordRefusal(provider, error);
      throw error;
    }
  }

  async function identifyAndSignIn(flow: ReturnedFlow): Promise<SignIn> {
    const { provider } = flow;
    const profile = await provider.complete(flow.callback, flow.secrets);
    const account = await findOrMakeAccount(dependencies, request, provider, profile);
    const signIn = await continueSignIn(dependencies, request, account, `oauth:${provider.id}`);
    await updateIdentity(database, provider.id, profile.subject, {
      lastUsedAt: now(),
      ...(profile.email !== null && { email: profile.email.email }),
    });
    return signIn;
  }

  /** That somebody suspended came is on record already. */
  async function recordRefusal(provider: string, error: unknown): Promise<void> {
    if (!(error instanceof Failure) || error.code === 'ACCOUNT_SUSPENDED') return;
    metrics.logins.inc({ method: `oauth:${provider}`, result: 'failure' });
    await record(database, 'login', {
      accountId: error instanceof AccountExists ? error.accountId : null,
      actorId: null,
      sessionId: null,
      succeeded: false,
      details: { methods: [`oauth:${provider}`], reason: error.code },
    });
  }

  async function startOAuthLink(input: StartOAuthInput) {
    const { accountId } = await requireRecentAuthentication(dependencies, request);
    const account = await findAccount(database, accountId);
    if (account !== null) requireProvenAddress(settings, account);
    return beginFlow(dependencies, request, input, { purpose: 'OAUTH_LINK', accountId });
  }

  async function completeOAuthLink(input: CompleteOAuthInput): Promise<{ identity: IdentityRecord }> {
    const session = await requireSession(dependencies, request);
    const { accountId, id: sessionId } = session;
    const flow = await takeFlow(dependencies, 'OAUTH_LINK', input);
    if (flow.accountId !== accountId) {
      throw new Failure('OAUTH_FAILED', 'Somebody else has begun this. Begin again.');
    }
    const { provider } = flow;
    const profile = await provider.complete(flow.callback, flow.secrets);
    const identity = await unlessTaken(provider, () =>
      database.$transaction(async (transaction) => {
        const account = await lockOwnAccount(transaction, dependencies, session);
        return linkIdentity(transaction, dependencies, request, { account, provider, profile, sessionId });
      }),
    );
    mailSender.wake();
    return { identity };
  }

  async function unlinkIdentity({ identityId }: UnlinkIdentityInput): Promise<{ identity: IdentityRecord }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const identity = await database.$transaction(async (transaction) => {
      // Under the account's lock, so that two removals at once do not each leave the other one's way in.
      const account = await lockOwnAccount(transaction, dependencies, session);
      const identities = await listIdentities(transaction, accountId);
      const identity = identities.find(({ id }) => id === identityId);
      if (identity === undefined) {
        throw new Failure('IDENTITY_NOT_FOUND', 'You have no such identity.', ['identityId']);
      }
      const { passkeys } = await countSecondFactors(transaction, accountId);
      // One of a provider that is offered no longer lets nobody in.
      const others = identities.filter(({ id, provider }) => id !== identityId && providers.has(provider));
      if (account.passwordHash === null && passkeys === 0 && others.length === 0) {
        throw new Failure('LAST_SIGN_IN_METHOD', 'Nothing would be left to sign in with. Set a password first.');
      }
      await deleteIdentity(transaction, identityId);
      await record(transaction, 'identity_unlinked', { details: { provider: identity.provider, identityId } });
      const name = providers.get(identity.provider)?.name ?? identity.provider;
      await notify(transaction, dependencies, account, `${name} can sign you in no longer`);
      return identity;
    });
    mailSender.wake();
    return { identity };
  }

  return {
    listProviders: () => [...providers.values()].map(({ id, name }) => ({ id, name })),
    listIdentities: ({ id }: AccountRecord) => listIdentities(database, id),
    startOAuthLogin,
    completeOAuthLogin,
    startOAuthLink,
    completeOAuthLink,
    unlinkIdentity,
  };
}

async function unlessTaken<Result>(provider: Provider, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    // Somebody else linked the same person between the look and the leap.
    if (violatedUniqueKey(error) !== null) throw identityTaken(provider);
    throw error;
  }
}

/** The label of the metric: the code of a refusal, in lower case. */
function resultOf(error: unknown): string {
  return error instanceof Failure ? error.code.toLowerCase() : 'error';
}
