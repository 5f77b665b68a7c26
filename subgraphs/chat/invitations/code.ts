import { createHash, randomBytes } from 'node:crypto';
import type { SealedPlace } from '../encryption/sealed-text.ts';

/** 192 bits: whoever guesses a thousand million a second will not find one. */
const codeBytes = 24;
const codePattern = /^[\w-]{32}$/;

/** A new code of a link, as it stands in a URL. */
export function newCode(): string {
  return randomBytes(codeBytes).toString('base64url');
}

/** By which the database finds a link; null for a text that is no code. So many random bits need no slow hash. */
export function hashCode(code: string): Uint8Array<ArrayBuffer> | null {
  return codePattern.test(code) ? new Uint8Array(createHash('sha256').update(code).digest()) : null;
}

export function placeOfCode({ roomId, id }: { roomId: string; id: string }): SealedPlace {
  return { roomId, field: 'invitation.code', rowId: id };
}
