import type { RoomEventRecord } from '../log/record.ts';
import type { Transaction } from '../repository.ts';
import { buryRooms } from '../rooms/repository.ts';
import { revokeWebhooksOf } from '../webhooks/repository.ts';
import { removeAccount } from './repository.ts';

/** Ends an account in every room, and the rooms in which nobody is left. Resolves to the events of their logs. */
export async function endAccount(transaction: Transaction, userId: string, at: Date): Promise<RoomEventRecord[]> {
  const events = await removeAccount(transaction, userId, at);
  const emptied = new Set(events.filter(({ kind }) => kind === 'ROOM_DELETED').map(({ roomId }) => roomId));
  const kept = new Set(events.map(({ roomId }) => roomId).filter((roomId) => !emptied.has(roomId)));
  const revocations = await revokeWebhooksOf(transaction, userId, [...kept], at);
  await buryRooms(transaction, [...emptied], at);
  return [...events, ...revocations];
}
