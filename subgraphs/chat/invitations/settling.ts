import { endJoinRequests } from '../join-requests/repository.ts';
import { mayUnseat, memberOf, type RoomEventData, type RoomEventKind, type RoomEventRecord } from '../log/record.ts';
import { canStandBehindInvitation, memberRoles } from '../policy.ts';
import type { Transaction } from '../repository.ts';
import { revokeInvitationsOf, revokeUnsupported } from './repository.ts';

/** After these nobody has to let somebody in any more, or may. */
const kindsThatDecide: ReadonlySet<RoomEventKind> = new Set<RoomEventKind>(['MEMBER_JOINED', 'MEMBER_BANNED']);

/** Who may stand behind invitations, for each value of the room's setting. */
const inviters = memberRoles.flatMap((whoMayInvite) =>
  memberRoles.filter((role) => canStandBehindInvitation(role, whoMayInvite)).map((role) => ({ whoMayInvite, role })),
);

/**
 * Ends the invitations and requests that a change of the room leaves without a reason, in its transaction: those by
 * somebody who may no longer invite, and those of somebody who is a member now, or banned. Every such change is an event
 * of the log, however it came about, so this is where none of them is missed.
 */
export async function settleInvitations(
  transaction: Transaction,
  roomId: string,
  events: readonly Pick<RoomEventRecord, 'kind' | 'actorId' | 'data'>[],
  at: Date,
): Promise<void> {
  if (events.some(unseats)) await revokeUnsupported(transaction, roomId, inviters, at);
  const decided = events.filter(({ kind }) => kindsThatDecide.has(kind)).map(memberOf);
  if (decided.length === 0) return;
  await revokeInvitationsOf(transaction, roomId, decided, at);
  await endJoinRequests(transaction, roomId, decided, at);
}

function unseats(event: Pick<RoomEventRecord, 'kind' | 'data'>): boolean {
  const { kind, data } = event;
  if (kind === 'ROOM_UPDATED') return (data as RoomEventData['ROOM_UPDATED']).fields.includes('whoMayInvite');
  return mayUnseat(event);
}
