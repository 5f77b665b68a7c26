import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  commonPasswordsPath,
  decodePasswords,
  encodePasswords,
  includesPassword,
  isCommonPassword,
  loadCommonPasswords,
} from './common-passwords.ts';

/** The same on every run: 96 random bits each, in 16 characters. */
function makeStrongPasswords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => hash('sha256', `seed ${index}`, 'base64url').slice(0, 16));
}

describe('the list that ships', () => {
  it.each([
    'password123',
    'passw0rd',
    'p@ssw0rd',
    'iloveyou1',
    'letmein1',
    'trustno1',
    'football',
    'welcome123',
    'administrator',
    '1q2w3e4r5t',
    'qwerty123456',
  ])('has %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    '12345678',
    '1234567890123456',
    '87654321',
    'aaaaaaaa',
    '0'.repeat(64),
    '!'.repeat(20),
    'abcdefgh',
    'abcdefghijklmnopqrstuvwxyz',
    'zyxwvutsrq',
    'qwertyuiop',
    'qwertyuiopasdfghjkl',
    'poiuytrewq',
    'asdfghjkl',
    'azertyuiop',
    'qwertzuiop',
    '1qaz2wsx3edc',
    '!@#$%^&*()',
    'йцукенгшщз',
  ])('has the sequence %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['Password123', 'PASSWORD123', 'pASSWORD123', 'ｐａｓｓｗｏｒｄ１２３'])(
    'knows password123 written as %s',
    (password) => {
      expect(isCommonPassword(password)).toBe(true);
    },
  );

  it.each(['password123 of mine', ' password123', 'password1234567x', 'ada likes 9 green teapots', ''])(
    'does not have %o',
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );

  it('takes hardly a strong password for a common one', () => {
    const refused = makeStrongPasswords(20_000).filter(isCommonPassword);
    // At one in 131,072 it is 0.15 on average. More than two have a chance of one in two thousand, and point at a mistake.
    expect(refused.length).toBeLessThanOrEqual(2);
  });

  it('has half a million passwords or more, in 2 MiB at most', () => {
    expect(loadCommonPasswords().numbers.length).toBeGreaterThan(500_000);
    expect(readFileSync(commonPasswordsPath).length).toBeLessThanOrEqual(2 * 1024 * 1024);
  });
});

describe('a list', () => {
  const passwords = makeStrongPasswords(1000);
  const file = encodePasswords(passwords);

  it('has what was put in and nothing else', () => {
    const filter = decodePasswords(file);
    expect(passwords.every((password) => includesPassword(filter, password))).toBe(true);
    expect(makeStrongPasswords(2000).filter((password) => includesPassword(filter, password))).toHaveLength(1000);
  });

  it('is the same file in whatever order and however often its passwords come', () => {
    expect(encodePasswords([...passwords, ...passwords].reverse())).toEqual(file);
  });

  it('may be empty', () => {
    expect(includesPassword(decodePasswords(encodePasswords([])), 'password')).toBe(false);
  });

  it.each([
    ['of nothing', Buffer.alloc(0), /it is no such list/],
    ['that is something else', Buffer.from('x'.repeat(1000)), /it is no such list/],
    ['of another version', Buffer.from(file).fill(2, 4, 5), /another version/],
    ['with another count', Buffer.from(file).fill(255, 6, 7), /checksum/],
    ['with a flipped bit', Buffer.from(file).fill((file[500] ?? 0) ^ 1, 500, 501), /checksum/],
    ['cut short', file.subarray(0, -1), /checksum/],
    ['with something behind it', Buffer.concat([file, Buffer.alloc(1)]), /checksum/],
  ])('is refused as a file %s', (_, corrupt, reason) => {
    expect(() => decodePasswords(corrupt)).toThrow(reason);
    expect(() => decodePasswords(corrupt)).toThrow(/common-passwords\.bin, cannot be used/);
  });
});
