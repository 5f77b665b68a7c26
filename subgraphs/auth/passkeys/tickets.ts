import { z } from 'zod';
import type { AuthDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';
import { deleteTickets, insertTicket, takeTicket } from '../tickets/repository.ts';
import { passkeyChallengeLifetimeMilliseconds } from './options.ts';

type Purpose = 'PASSKEY_REGISTRATION' | 'PASSKEY_LOGIN' | 'PASSKEY_CONFIRMATION';

const ticketData = z.object({ challenge: z.string() });

/**
 * Keeps what an authenticator has to sign until its answer comes. A newer ticket of an account replaces an earlier one.
 * @param accountId whose passkey it is about; null while nobody knows
 * @returns the token that the answer has to come with
 */
export async function issuePasskeyTicket(
  { database, now }: Pick<AuthDependencies, 'database' | 'now'>,
  purpose: Purpose,
  accountId: string | null,
  challenge: string,
): Promise<string> {
  const token = makeToken();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + passkeyChallengeLifetimeMilliseconds);
  await database.$transaction(async (transaction) => {
    if (accountId !== null) await deleteTickets(transaction, accountId, [purpose]);
    const data: z.input<typeof ticketData> = { challenge };
    await insertTicket(transaction, { hash: hashToken(token), purpose, accountId, data, createdAt, expiresAt });
  });
  return token;
}

/**
 * Takes a ticket, right answer or wrong, so that each challenge is answered once.
 * @returns what the authenticator has to have signed
 * @throws Failure CHALLENGE_INVALID
 */
export async function takePasskeyTicket(
  { database, now }: Pick<AuthDependencies, 'database' | 'now'>,
  purpose: Purpose,
  accountId: string | null,
  token: string,
): Promise<string> {
  const ticket = await takeTicket(database, purpose, hashToken(token), now());
  if (ticket === null || ticket.accountId !== accountId) {
    throw new Failure('CHALLENGE_INVALID', 'The challenge is unknown, answered, or too old. Begin again.', [
      'challengeToken',
    ]);
  }
  return ticketData.parse(ticket.data).challenge;
}
