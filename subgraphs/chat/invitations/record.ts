import type { MemberRole } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';

export interface InvitationRecord {
  roomId: string;
  id: string;
  createdById: string;
  /** Whom it invites; null for a link. */
  inviteeId: string | null;
  /** Null for an invitation of one person, and once the link is revoked. */
  sealedCode: Uint8Array | null;
  createdAt: Date;
  expiresAt: Date;
  /** Null for any number. */
  maxUses: number | null;
  useCount: number;
  revokedAt: Date | null;
  declinedAt: Date | null;
  /** What its creator is in the room now; null for somebody who is no member any more. */
  creatorRole: MemberRole | null;
}

/** A role that stands behind invitations where the room's setting is this. */
export interface Inviter {
  whoMayInvite: MemberRole;
  role: MemberRole;
}

/** What an invited person may know of a room. */
export interface InvitationPreviewRecord {
  invitation: InvitationRecord;
  room: RoomRecord;
}

/** Whether it still stands. What the creator's role and the room make of that is another question. */
export function isOpen({ revokedAt, declinedAt, expiresAt, maxUses, useCount }: InvitationRecord, at: Date): boolean {
  return revokedAt === null && declinedAt === null && expiresAt > at && (maxUses === null || useCount < maxUses);
}
