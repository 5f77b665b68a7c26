import type { SealedPlace } from '../encryption/sealed-text.ts';

/** What people write about a room, and where it stands in its record. */
export const sealedFields = { name: 'sealedName', topic: 'sealedTopic', avatarUrl: 'sealedAvatarUrl' } as const;

export type SealedRoomField = keyof typeof sealedFields;

export function placeOf(roomId: string, field: SealedRoomField): SealedPlace {
  return { roomId, field: `room.${field}`, rowId: roomId };
}
