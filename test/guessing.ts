import { expect } from 'vitest';

const refusal = 'TOO_MANY_ATTEMPTS';

/**
 * How many attempts may have been looked at in so much time: some are free, and from then on each waits twice as long as the one
 * before, the first of them a second (subgraphs/auth/throttle.ts).
 */
export function mostLookedAt(freeAttempts: number, seconds: number): number {
  return freeAttempts + Math.floor(Math.log2(1 + seconds));
}

/** Attempts that were made, and for how long that went on: at whatever speed, it tells whether they were slowed down. */
export async function expectSlowedDown(
  freeAttempts: number,
  wrong: string,
  makeAttempts: () => Promise<(string | undefined)[]>,
): Promise<void> {
  const startedAt = performance.now();
  const codes = await makeAttempts();
  const seconds = (performance.now() - startedAt) / 1000;
  const lookedAt = codes.filter((code) => code === wrong).length;
  expect(lookedAt).toBeGreaterThanOrEqual(freeAttempts);
  expect(lookedAt).toBeLessThanOrEqual(mostLookedAt(freeAttempts, seconds));
  expect(codes.filter((code) => code !== wrong)).toEqual(Array(codes.length - lookedAt).fill(refusal));
}

/** Guesses one after the other until one has to wait. */
export async function guessUntilSlowedDown(
  guess: (number: number) => Promise<string | undefined>,
): Promise<(string | undefined)[]> {
  const codes: (string | undefined)[] = [];
  while (codes.at(-1) !== refusal && codes.length < 100) codes.push(await guess(codes.length));
  return codes;
}

/** Guesses until the gate is shut for four seconds: what it keeps out can be looked at then without haste. */
export async function shutForLong(
  freeAttempts: number,
  guess: (number: number) => Promise<string | undefined>,
): Promise<void> {
  for (let lookedAt = 0, number = 0; lookedAt < freeAttempts + 2; number += 1) {
    if ((await guess(number)) !== refusal) lookedAt += 1;
  }
}
