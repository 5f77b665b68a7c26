import { v7, validate } from 'uuid';

/** A new identifier: UUIDv7 (RFC 9562), so that ids grow with time and index pages stay warm. */
export function newId(): string {
  return v7();
}

/** Whether a client's string can be an id at all; anything else is treated as an id that names nothing. */
export function isId(value: string): boolean {
  return validate(value);
}

/** When a UUIDv7 was made, in milliseconds since 1970: its first 48 bits. */
export function idTimestampMilliseconds(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
