import type { MemberRole } from '../policy.ts';

export type RoomKind = 'PUBLIC' | 'PRIVATE';

export interface RoomRecord {
  id: string;
  kind: RoomKind;
  /** Opened by `encryption.open` with the field `room.name`; null for a room without a name. */
  sealedName: Uint8Array | null;
  /** The version of the room's data key under which new texts are sealed. */
  keyVersion: number;
  headSeq: number;
  messageCount: number;
  /** The asking user's own membership; null for somebody who is no member. */
  role: MemberRole | null;
  readMessageNumber: number | null;
}
