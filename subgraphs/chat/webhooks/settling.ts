import { mayUnseat, type RoomEventRecord } from '../log/record.ts';
import { canStandBehindWebhook, memberRoles } from '../policy.ts';
import type { Transaction } from '../repository.ts';
import { revokeUnsupported } from './repository.ts';

/** Who may stand behind webhooks. */
const makers = memberRoles.filter(canStandBehindWebhook);

/**
 * Revokes the webhooks that a change of the room leaves without a maker who may have them, in its transaction. Every such change
 * is an event of the log, however it came about, so this is where none of them is missed.
 * @returns the ids of those that are revoked by it, each of which is an event as well.
 */
export async function settleWebhooks(
  transaction: Transaction,
  roomId: string,
  events: readonly Pick<RoomEventRecord, 'kind'>[],
  at: Date,
): Promise<string[]> {
  return events.some(mayUnseat) ? revokeUnsupported(transaction, roomId, makers, at) : [];
}
