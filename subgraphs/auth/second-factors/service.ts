import { codedError } from '../../../platform/errors.ts';
import { type AccountRecord, findAccount } from '../accounts/repository.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import type { EnableTotpInput } from '../schema.types.ts';
import { requireProvenAddress, requireRecentAuthentication, requireSession } from '../sessions/step-up.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';
import { deleteTickets, insertTicket, takeTicket, tryTicket } from '../tickets/repository.ts';
import { changeSecondFactors } from './change.ts';
import { createLoginCompletion } from './completion.ts';
import { createIdentityConfirmation } from './confirmation.ts';
import { endRecoveryCodes, makeFirstRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts';
import { countSecondFactors, deleteTotp, findTotp, insertTotp } from './repository.ts';
import { decryptTotpSecret, encryptTotpSecret, enrolmentData, makeTotpSecret, matchTotpStep, totpUri } from './totp.ts';

/** How long somebody has to get the secret into their authenticator app. */
const enrolmentLifetimeMilliseconds = 900_000;

/** So many first codes may be mistyped. */
const enrolmentAttemptLimit = 10;

interface Enrolment {
  challengeToken: string;
  secret: string;
  uri: string;
}

/** The use cases of second factors, for one request. */
export function createSecondFactorService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, settings, now } = dependencies;
  const record = createRecorder(request, now);

  /** The secret waits, encrypted, in the ticket: nothing of the account changes until the app has shown a right code. */
  async function startTotpEnrolment(): Promise<Enrolment> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    const account = await findAccount(database, accountId);
    if (account === null) throw codedError('UNAUTHENTICATED');
    requireProvenAddress(settings, account);
    if ((await findTotp(database, accountId)) !== null) throw alreadyEnabled();
    const secret = makeTotpSecret();
    const encryptedSecret = encryptTotpSecret(secret, accountId, settings).toString('base64');
    const challengeToken = makeToken();
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + enrolmentLifetimeMilliseconds);
    await database.$transaction(async (transaction) => {
      await deleteTickets(transaction, accountId, ['TOTP_ENROLMENT']);
      await insertTicket(transaction, {
        hash: hashToken(challengeToken),
        purpose: 'TOTP_ENROLMENT',
        accountId,
        data: { encryptedSecret },
        createdAt,
        expiresAt,
      });
    });
    return { challengeToken, secret, uri: totpUri(secret, settings.APP_NAME, account.username) };
  }

  /** The code that turns the app on is used up with it. */
  async function enableTotp(input: EnableTotpInput): Promise<{ user: AccountRecord; recoveryCodes: string[] | null }> {
    const session = await requireSession(dependencies, request);
    const { accountId } = session;
    const hash = hashToken(input.challengeToken);
    const ticket = await tryTicket(database, 'TOTP_ENROLMENT', hash, now(), enrolmentAttemptLimit);
    if (ticket === null || ticket.accountId !== accountId) throw enrolmentInvalid();
    const encryptedSecret = Buffer.from(enrolmentData.parse(ticket.data).encryptedSecret, 'base64');
    const secret = decryptTotpSecret(encryptedSecret, accountId, settings);
    const lastStep = matchTotpStep(secret, input.totpCode, now());
    if (lastStep === null) {
      await record(database, 'totp_enabled', { succeeded: false });
      throw new Failure('SECOND_FACTOR_INVALID', 'This is not the code that the app shows now.', ['totpCode']);
    }
    return changeSecondFactors(
      dependencies,
      session,
      'The authenticator app was turned on',
      async (transaction, user) => {
        if ((await takeTicket(transaction, 'TOTP_ENROLMENT', hash, now())) === null) throw enrolmentInvalid();
        if ((await findTotp(transaction, accountId)) !== null) throw alreadyEnabled();
        const enabledAt = now();
        const recoveryCodes = await makeFirstRecoveryCodes(transaction, record, accountId, enabledAt);
        await insertTotp(transaction, { accountId, encryptedSecret, lastStep, enabledAt });
        await record(transaction, 'totp_enabled');
        return { user, recoveryCodes };
      },
    );
  }

  async function disableTotp(): Promise<{ user: AccountRecord }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    return changeSecondFactors(
      dependencies,
      session,
      'The authenticator app was turned off',
      async (transaction, user) => {
        if (!(await deleteTotp(transaction, accountId))) {
          throw new Failure('TOTP_NOT_ENABLED', 'No authenticator app is turned on.');
        }
        await record(transaction, 'totp_disabled');
        const { passkeys } = await countSecondFactors(transaction, accountId);
        if (passkeys === 0) await endRecoveryCodes(transaction, accountId, now());
        return { user };
      },
    );
  }

  async function regenerateRecoveryCodes(): Promise<{ recoveryCodes: string[] }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const { accountId } = session;
    return changeSecondFactors(
      dependencies,
      session,
      'New recovery codes were made, and the old ones have ended',
      async (transaction) => {
        const { hasTotp, passkeys } = await countSecondFactors(transaction, accountId);
        if (!hasTotp && passkeys === 0) {
          throw new Failure(
            'NO_SECOND_FACTOR',
            'This account has no second factor that recovery codes could stand in for.',
          );
        }
        return { recoveryCodes: await makeRecoveryCodes(transaction, record, accountId, now()) };
      },
    );
  }

  return {
    completeLogin: createLoginCompletion(dependencies, request),
    confirmIdentity: createIdentityConfirmation(dependencies, request),
    startTotpEnrolment,
    enableTotp,
    disableTotp,
    regenerateRecoveryCodes,
    totpEnabledAt: async ({ id }: AccountRecord) => (await findTotp(database, id))?.enabledAt ?? null,
    recoveryCodesLeft: async ({ id }: AccountRecord) => (await countSecondFactors(database, id)).recoveryCodes,
  };
}

function alreadyEnabled(): Failure {
  return new Failure('TOTP_ALREADY_ENABLED', 'An authenticator app is turned on already. Turn it off first.');
}

function enrolmentInvalid(): Failure {
  return new Failure('CHALLENGE_INVALID', 'The enrolment is unknown, ended, or too old. Begin again.', [
    'challengeToken',
  ]);
}
