import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyEncryption, keyEncryptionSetting } from './key-encryption.ts';

const encode = (key: Buffer) => key.toString('base64');
const [first, second] = [
  { id: 'first', key: randomBytes(32) },
  { id: 'second', key: randomBytes(32) },
];

describe('keys in the environment', () => {
  it('are read in their order', () => {
    const list = `first:${encode(first.key)}, second:${second.key.toString('base64url')}`;
    expect(keyEncryptionSetting.parse(list)).toEqual([first, second]);
  });

  it.each([
    ['', 'nothing'],
    [encode(first.key), 'a key without an id'],
    [`first:${encode(randomBytes(16))}`, 'a key that is too short'],
    [`first:${encode(randomBytes(33))}`, 'a key that is too long'],
    [`first:${encode(first.key)},`, 'an empty entry'],
    [`a:${encode(first.key)},a:${encode(second.key)}`, 'an id twice'],
  ])('are not %o: %s', (list) => {
    expect(keyEncryptionSetting.safeParse(list).success).toBe(false);
  });
});

describe('the encryption of data keys', () => {
  const dataKey = randomBytes(32);

  it('uses the first key and opens what any of them has encrypted', async () => {
    const wrapped = await createKeyEncryption([first]).wrap(dataKey, 'here');
    const both = createKeyEncryption([second, first]);
    expect(both.activeId).toBe('second');
    expect(await both.unwrap(wrapped, 'first', 'here')).toEqual(dataKey);
    await expect(both.unwrap(wrapped, 'second', 'here')).rejects.toThrow();
    await expect(both.unwrap(wrapped, 'first', 'there')).rejects.toThrow();
    await expect(createKeyEncryption([second]).unwrap(wrapped, 'first', 'here')).rejects.toThrow('has no key "first"');
  });
});
