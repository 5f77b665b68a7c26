import { createHash, randomBytes } from 'node:crypto';

/** A secret that a program hands back: 256 random bits. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Crockford's Base32 (https://www.crockford.com/base32.html): nothing in it is mistaken for something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupSize = 5;
const groups = 6;

/**
 * A secret that a person may have to type: 30 characters in groups, 150 random bits. So many that guessing is hopeless
 * and a plain SHA-256 of it may be stored (OWASP ASVS 5.0, 11.5.1, asks for 128).
 */
export function makeCode(): string {
  const characters = Array.from(randomBytes(groupSize * groups), (byte) => alphabet[byte % alphabet.length]);
  return Array.from({ length: groups }, (_, group) =>
    characters.slice(group * groupSize, (group + 1) * groupSize).join(''),
  ).join('-');
}

/** The hash of a code however it was typed: with or without hyphens and spaces, in any case, O for 0 and I or L for 1. */
export function hashCode(typed: string): Buffer {
  const code = typed.slice(0, 100).toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return hashToken(code);
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
