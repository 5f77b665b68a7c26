import { violatedUniqueKey } from '../../../platform/database.ts';
import { codedError } from '../../../platform/errors.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { networkOf } from '../../../platform/network.ts';
import { parseLine } from '../../../platform/text.ts';
import { type AccountRecord, findAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { listIdentities } from '../identities/repository.ts';
import type {
  LoginWithPasskeyInput,
  RegisterPasskeyInput,
  RemovePasskeyInput,
  RenamePasskeyInput,
} from '../schema.types.ts';
import { changeSecondFactors } from '../second-factors/change.ts';
import { endRecoveryCodes, makeFirstRecoveryCodes } from '../second-factors/recovery-codes.ts';
import { countSecondFactors } from '../second-factors/repository.ts';
import { completeSignIn, type SignIn } from '../sessions/sign-in.ts';
import { requireProvenAddress, requireRecentAuthentication, requireSession } from '../sessions/step-up.ts';
import { verifyRegistration } from './answers.ts';
import { registrationOptions, requestOptions } from './options.ts';
import { passkeyLoginPace } from './paces.ts';
import { provePasskey } from './proof.ts';
import { relyingPartyOf } from './relying-party.ts';
import {
  deletePasskey,
  insertPasskey,
  listCredentials,
  listPasskeys,
  type PasskeyRecord,
  renamePasskey,
} from './repository.ts';
import { issuePasskeyTicket, takePasskeyTicket } from './tickets.ts';

type Transaction = Parameters<typeof listIdentities>[0];

/** Passkeys of one account. */
const passkeyLimit = 20;

const nameCharacterLimit = 80;

interface PasskeyChallenge {
  challengeToken: string;
  options: object;
}

/** The use cases of passkeys, for one request. */
export function createPasskeyService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, throttle, providers, metrics, settings, now } = dependencies;
  const { client } = request;
  const record = createRecorder(request, now);
  const relyingParty = relyingPartyOf(settings);

  async function startRegistration(): Promise<PasskeyChallenge> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const account = await findAccount(database, accountId);
    if (account === null) throw codedError('UNAUTHENTICATED');
    requireProvenAddress(settings, account);
    const credentials = await listCredentials(database, accountId);
    if (credentials.length >= passkeyLimit) throw tooMany();
    const options = await registrationOptions(relyingParty, account, credentials);
    const challengeToken = await issuePasskeyTicket(dependencies, 'PASSKEY_REGISTRATION', accountId, options.challenge);
    return { challengeToken, options };
  }

  /** A session whose authentication was recent when it began has until the challenge's end to finish. */
  async function register(
    input: RegisterPasskeyInput,
  ): Promise<{ passkey: PasskeyRecord; recoveryCodes: string[] | null }> {
    const session = await requireSession(dependencies, request);
    const { accountId } = session;
    const name = parseName(input.name);
    const challenge = await takePasskeyTicket(dependencies, 'PASSKEY_REGISTRATION', accountId, input.challengeToken);
    const credential = await verifyRegistration(relyingParty, input.passkey, challenge);
    if (credential === null) {
      await record(database, 'passkey_registered', { succeeded: false });
      throw new Failure('PASSKEY_INVALID', 'The answer does not prove a new passkey. Begin again.', ['passkey']);
    }
    const createdAt = now();
    const added = changeSecondFactors(dependencies, session, 'A passkey was added', async (transaction) => {
      const { passkeys } = await countSecondFactors(transaction, accountId);
      if (passkeys >= passkeyLimit) throw tooMany();
      const recoveryCodes = await makeFirstRecoveryCodes(transaction, record, accountId, createdAt);
      const passkey = await insertPasskey(transaction, { id: newId(), accountId, name, createdAt, ...credential });
      await record(transaction, 'passkey_registered', { details: { passkeyId: passkey.id } });
      return { passkey, recoveryCodes };
    });
    return added.catch((error: unknown) => {
      if (violatedUniqueKey(error) === null) throw error;
      throw new Failure('PASSKEY_INVALID', 'This passkey is registered already.', ['passkey']);
    });
  }

  async function rename(input: RenamePasskeyInput): Promise<{ passkey: PasskeyRecord }> {
    const session = await requireSession(dependencies, request);
    const { accountId } = session;
    const name = parseName(input.name);
    const { passkeyId } = input;
    if (!isId(passkeyId)) throw notFound();
    const passkey = await database.$transaction(async (transaction) => {
      const renamed = await renamePasskey(transaction, { id: passkeyId, accountId }, name);
      if (renamed === null) throw notFound();
      await record(transaction, 'passkey_renamed', { details: { passkeyId } });
      return renamed;
    });
    return { passkey };
  }

  async function remove({ passkeyId }: RemovePasskeyInput): Promise<{ removedPasskeyId: string }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    return changeSecondFactors(dependencies, session, 'A passkey was removed', async (transaction, account) => {
      if (!isId(passkeyId) || !(await deletePasskey(transaction, { id: passkeyId, accountId }))) throw notFound();
      const { hasTotp, passkeys } = await countSecondFactors(transaction, accountId);
      if (passkeys === 0 && account.passwordHash === null && !(await hasProvider(transaction, accountId))) {
        throw new Failure('LAST_SIGN_IN_METHOD', 'Nothing would be left to sign in with: set a password first.');
      }
      await record(transaction, 'passkey_removed', { details: { passkeyId } });
      if (passkeys === 0 && !hasTotp) await endRecoveryCodes(transaction, accountId, now());
      return { removedPasskeyId: passkeyId };
    });
  }

  /** An identity of a provider that is offered no longer lets nobody in. */
  async function hasProvider(transaction: Transaction, accountId: string): Promise<boolean> {
    const identities = await listIdentities(transaction, accountId);
    return identities.some(({ provider }) => providers.has(provider));
  }

  async function startLogin(): Promise<PasskeyChallenge> {
    await throttle.attempt(passkeyLoginPace, networkOf(client.address));
    const options = await requestOptions(relyingParty, null);
    const challengeToken = await issuePasskeyTicket(dependencies, 'PASSKEY_LOGIN', null, options.challenge);
    return { challengeToken, options };
  }

  /** The authenticator has verified its owner, so the passkey is two factors in one: nothing more is asked for. */
  async function login({ challengeToken, passkey }: LoginWithPasskeyInput): Promise<SignIn> {
    const challenge = await takePasskeyTicket(dependencies, 'PASSKEY_LOGIN', null, challengeToken);
    const claim = { answer: passkey, challenge, accountId: null };
    const proof = await database.$transaction((transaction) => provePasskey(transaction, settings, claim, now()));
    const account = proof.isProven ? await findAccount(database, proof.accountId) : null;
    if (account === null || account.status === 'DELETED') {
      metrics.logins.inc({ method: 'passkey', result: 'failure' });
      const details = { methods: ['passkey'], ...(!proof.isProven && proof.details) };
      const about = { accountId: proof.accountId, actorId: null, sessionId: null };
      await record(database, 'login', { ...about, succeeded: false, details });
      throw new Failure('PASSKEY_INVALID', 'This does not prove a passkey that is known here.', ['passkey']);
    }
    return completeSignIn(dependencies, request, account, ['passkey']);
  }

  async function startConfirmation(): Promise<PasskeyChallenge> {
    const session = await requireSession(dependencies, request);
    const { accountId } = session;
    const credentials = await listCredentials(database, accountId);
    if (credentials.length === 0) throw new Failure('PASSKEY_NOT_FOUND', 'This account has no passkey.');
    const options = await requestOptions(relyingParty, credentials);
    const challengeToken = await issuePasskeyTicket(dependencies, 'PASSKEY_CONFIRMATION', accountId, options.challenge);
    return { challengeToken, options };
  }

  return {
    startRegistration,
    register,
    rename,
    remove,
    startLogin,
    login,
    startConfirmation,
    list: ({ id }: AccountRecord) => listPasskeys(database, id),
  };
}

/** @throws Failure NAME_INVALID */
function parseName(input: string): string {
  const parsed = parseLine(input, nameCharacterLimit);
  if ('text' in parsed) return parsed.text;
  throw new Failure('NAME_INVALID', `A name has 1 to ${nameCharacterLimit} characters on one line.`, ['name']);
}

function tooMany(): Failure {
  return new Failure('PASSKEY_LIMIT_REACHED', `An account has at most ${passkeyLimit} passkeys. Remove one first.`);
}

function notFound(): Failure {
  return new Failure('PASSKEY_NOT_FOUND', 'You have no such passkey.', ['passkeyId']);
}
