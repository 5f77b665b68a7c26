import { codedError } from './errors.ts';
import { isId } from './identifiers.ts';

/**
 * Cursors are opaque to clients: a kind, the list they belong to, and a key in it. The kind and the list are checked when
 * a cursor comes back, so a cursor of another list is refused and never silently read as a place in this one.
 */
export function encodeCursor(kind: string, list: string, key: string | number): string {
  return Buffer.from(`${kind}:${list}:${key}`).toString('base64url');
}

/** The highest sequence number that the database can hold: a 32-bit integer. */
export const highestSeq = 2_147_483_647;

/** The key in a cursor of this kind and list. @throws BAD_USER_INPUT for any other string. */
export function decodeCursor(kind: string, list: string, cursor: string): string {
  const prefix = `${kind}:${list}:`;
  const decoded = Buffer.from(cursor, 'base64url').toString();
  if (!decoded.startsWith(prefix) || decoded.length === prefix.length) throw badCursor();
  return decoded.slice(prefix.length);
}

/** The same for a key that is a sequence number: a whole number from 0 to `highestSeq`, in its plain decimal form. */
export function decodeSeqCursor(kind: string, list: string, cursor: string): number {
  const key = decodeCursor(kind, list, cursor);
  const seq = Number(key);
  if (!Number.isInteger(seq) || seq < 0 || seq > highestSeq || String(seq) !== key) throw badCursor();
  return seq;
}

/** The same for a key that is an id. */
export function decodeIdCursor(kind: string, list: string, cursor: string): string {
  const id = decodeCursor(kind, list, cursor);
  if (!isId(id)) throw badCursor();
  return id;
}

export function badCursor() {
  return codedError('BAD_USER_INPUT', 'This cursor does not belong to this list.');
}
