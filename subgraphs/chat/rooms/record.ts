import type { MemberRole, RoomStanding } from '../policy.ts';

export interface RoomRecord extends RoomStanding {
  id: string;
  /** Opened by `encryption.open` with the field `room.name`; null for a room without a name. */
  sealedName: Uint8Array | null;
  /** The same with the fields `room.topic` and `room.avatarUrl`. */
  sealedTopic: Uint8Array | null;
  sealedAvatarUrl: Uint8Array | null;
  /** The version of the room's data key under which new texts are sealed. */
  keyVersion: number;
  /** Where the log begins: retention has removed what came before. */
  firstSeq: number;
  headSeq: number;
  messageCount: number;
  /** The `number` of the last message that retention has removed; 0 until it has. */
  expiredMessageNumber: number;
  memberCount: number;
  /** Grows with every change that may take a right from somebody: what was decided at another version is decided anew. */
  standingVersion: number;
  /** 0 when slow mode is off. */
  slowModeSeconds: number;
  /** After so many days retention removes a message; null for never. */
  retentionDays: number | null;
  archivedAt: Date | null;
  /** The asking user's own membership; null for somebody who is no member. */
  role: MemberRole | null;
  readMessageNumber: number | null;
  readSeq: number | null;
  lastSentAt: Date | null;
  /** The other person of a direct room, whether or not the account is still there; null for rooms of other kinds. */
  directPeerId: string | null;
}
