import type { MemberRole } from '../policy.ts';

/** A membership. */
export interface MemberRecord {
  roomId: string;
  userId: string;
  role: MemberRole;
  joinedAt: Date;
  mutedAt: Date | null;
  /** Null while `mutedAt` is set: for ever. */
  mutedUntil: Date | null;
}

export function isMuted({ mutedAt, mutedUntil }: MemberRecord, at: Date): boolean {
  return mutedAt !== null && (mutedUntil === null || mutedUntil > at);
}

export interface BanRecord {
  roomId: string;
  userId: string;
  bannedAt: Date;
  /** Null for ever. */
  bannedUntil: Date | null;
}
