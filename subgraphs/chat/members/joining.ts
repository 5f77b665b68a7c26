import type { RoomChange } from '../log/change-room.ts';
import type { RoomEventData } from '../log/record.ts';
import { isMuted, type MemberRecord } from './record.ts';
import { insertMember } from './repository.ts';

type Invited = Pick<RoomEventData['MEMBER_JOINED'], 'invitationId' | 'invitedById'>;

/**
 * Makes somebody a member, for whom everything up to now is read. What restrained them when they were one before holds on, and the
 * event tells of it. `seq` is that of the event.
 */
export async function addMember(
  { transaction, room, occurredAt, append }: RoomChange,
  userId: string,
  invited: Invited = {},
): Promise<{ member: MemberRecord; seq: number }> {
  const { id: roomId, messageCount } = room;
  const member = await insertMember(transaction, { roomId, userId, joinedAt: occurredAt, messageCount });
  const seq = append('MEMBER_JOINED', {
    userId,
    ...invited,
    ...(member.role === 'READ_ONLY' && { role: member.role }),
    ...(isMuted(member, occurredAt) && { mutedUntil: member.mutedUntil?.toISOString() ?? null }),
  });
  return { member, seq };
}
