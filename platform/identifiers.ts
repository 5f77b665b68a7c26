import { v7, validate } from 'uuid';

/** A new identifier: UUIDv7 (RFC 9562), so that ids grow with time and index pages stay warm. */
export function newId(): string {
  return v7();
}

/**
 * Whether a client's string can be an id at all; anything else is treated as an id that names nothing. An id has one form, the
 * one in which it was given out: databases compare UUIDs by their value, everything else compares strings.
 */
export function isId(value: string): boolean {
  return validate(value) && value === value.toLowerCase();
}

/** When a UUIDv7 was made, in milliseconds since 1970: its first 48 bits. */
export function idTimestampMilliseconds(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Below and above every id: where a list by ids begins that is read from its first or last one on. */
export const lowestId = '00000000-0000-0000-0000-000000000000';
export const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
