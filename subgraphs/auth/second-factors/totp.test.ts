import { describe, expect, it } from 'vitest';
import { decryptTotpSecret, encryptTotpSecret, makeTotpSecret, matchTotpStep } from './totp.ts';

/** The secret of RFC 6238, appendix B, in Base32: `12345678901234567890`. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('a code of an authenticator app', () => {
  it.each([
    ['287082', 59, 1],
    ['081804', 1_111_111_109, 37_037_036],
    ['050471', 1_111_111_111, 37_037_037],
    ['005924', 1_234_567_890, 41_152_263],
    ['279037', 2_000_000_000, 66_666_666],
    ['353130', 20_000_000_000, 666_666_666],
  ])('is the one of the standard: %s at %i s', (code, seconds, step) => {
    expect(matchTotpStep(secret, code, at(seconds))).toBe(step);
  });

  it('counts one step before and after its own, and tells which step it is of', () => {
    const [code, step] = ['081804', 37_037_036];
    const start = step * 30;
    for (const seconds of [start - 30, start, start + 59]) expect(matchTotpStep(secret, code, at(seconds))).toBe(step);
    for (const seconds of [start - 31, start + 60]) expect(matchTotpStep(secret, code, at(seconds))).toBeNull();
  });
});

describe('the secret of an authenticator app', () => {
  it('has 160 bits, other ones each time', () => {
    expect(makeTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(makeTotpSecret()).not.toBe(makeTotpSecret());
  });

  it('can be read for the account that it is of, and for no other', () => {
    const settings = { ACCOUNT_SECRET: 'a secret for the accounts of the tests' };
    const encrypted = encryptTotpSecret(secret, 'one', settings);
    expect(decryptTotpSecret(encrypted, 'one', settings)).toBe(secret);
    expect(() => decryptTotpSecret(encrypted, 'another', settings)).toThrow('can not be decrypted');
    expect(() => decryptTotpSecret(encrypted, 'one', { ACCOUNT_SECRET: 'another secret' })).toThrow();
  });
});
