import { networkOf } from '../../../platform/network.ts';
import { lockAccount } from '../accounts/repository.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import type { Pace } from '../throttle.ts';
import { hashCode } from './codes.ts';
import { findTicket, type TicketRecord, takeTicket } from './repository.ts';

type Transaction = Parameters<typeof takeTicket>[0];
type Purpose = Parameters<typeof takeTicket>[1];

/** The ticket of a code that was mailed to somebody. */
export interface RedeemedTicket {
  accountId: string;
  data: unknown;
  createdAt: Date;
}

/**
 * Wrong codes of one address. There is nothing to find by guessing at 150 bits; this tells whoever tries. The right code is taken
 * all the same: somebody else behind the same address must not be kept from it.
 */
export const wrongCodePace: Pace = {
  kind: 'wrong-code',
  freeAttempts: 20,
  firstDelayMilliseconds: 1_000,
  longestDelayMilliseconds: 300_000,
  windowMilliseconds: 3_600_000,
};

/**
 * Takes a mailed code and does what it is for in the same transaction: what fails leaves the code good. Its account is locked
 * first, as every change of an account does, so that no two wait for each other.
 * @throws Failure CODE_INVALID, TOO_MANY_ATTEMPTS
 */
export async function redeemCode<Result>(
  dependencies: AuthDependencies,
  request: AuthRequest,
  purpose: Purpose,
  code: string,
  work: (transaction: Transaction, ticket: RedeemedTicket) => Promise<Result>,
): Promise<Result> {
  const { database, now } = dependencies;
  const redeemed = await database.$transaction(async (transaction) => {
    const hash = hashCode(code);
    const found = await findTicket(transaction, purpose, hash, now());
    if (!isSomebodys(found)) return null;
    const account = await lockAccount(transaction, found.accountId);
    if (account === null || account.status === 'DELETED') return null;
    const ticket = await takeTicket(transaction, purpose, hash, now());
    return isSomebodys(ticket) ? { result: await work(transaction, ticket) } : null;
  });
  if (redeemed === null) throw await countWrongCode(dependencies, request);
  return redeemed.result;
}

/** Looks whose a code is without taking it. @throws Failure CODE_INVALID, TOO_MANY_ATTEMPTS */
export async function inspectCode(
  dependencies: AuthDependencies,
  request: AuthRequest,
  purpose: Purpose,
  code: string,
): Promise<RedeemedTicket> {
  const { database, now } = dependencies;
  const ticket = await findTicket(database, purpose, hashCode(code), now());
  if (!isSomebodys(ticket)) throw await countWrongCode(dependencies, request);
  return ticket;
}

async function countWrongCode({ throttle }: AuthDependencies, { client }: AuthRequest): Promise<Failure> {
  await throttle.attempt(wrongCodePace, networkOf(client.address));
  return new Failure('CODE_INVALID', 'This code is wrong, used, or too old.', ['code']);
}

/** What stands in for the code of an account that does not exist belongs to nobody. */
function isSomebodys(ticket: TicketRecord | null): ticket is RedeemedTicket {
  return ticket !== null && ticket.accountId !== null;
}
