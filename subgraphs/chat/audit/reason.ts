import { newId } from '../../../platform/identifiers.ts';
import { parseText } from '../../../platform/text.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import { Failure } from '../failure.ts';

export const reasonLimit = 500;

/** Why a moderator does something, and the id of the entry that it is bound to. */
export interface SealedReason {
  entryId: string;
  sealed: Uint8Array<ArrayBuffer>;
}

export function placeOfReason({ id, roomId }: { id: string; roomId: string }): SealedPlace {
  return { roomId, field: 'moderation_entry.reason', rowId: id };
}

/** What a moderator gives as a reason, checked; null for none. */
export function checkReason(input: string | null | undefined, field = 'reason'): string | null {
  if (input == null) return null;
  const parsed = parseText(input, reasonLimit);
  if ('text' in parsed) return parsed.text;
  const message = `A reason has 1 to ${reasonLimit} characters and no control characters.`;
  throw new Failure('REASON_INVALID', message, [field]);
}

/** Seals the reason of what is about to be done in a room, outside of its lock. Null for none, and for no such room. */
export async function sealReason(
  { encryption }: Pick<ChatDependencies, 'encryption'>,
  { loaders }: Pick<ChatRequest, 'loaders'>,
  roomId: string,
  input: string | null | undefined,
): Promise<SealedReason | null> {
  const text = checkReason(input);
  const room = text === null ? null : await loaders.knownRoom.load(roomId);
  if (text === null || room === null) return null;
  const entryId = newId();
  return { entryId, sealed: await encryption.seal(placeOfReason({ id: entryId, roomId }), room.keyVersion, text) };
}
