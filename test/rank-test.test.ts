import { describe, expect, it } from 'vitest';
import { scoreOfRanks } from './rank-test.ts';

/** Numbers between 0 and 1 that look random and are the same each time (Park and Miller's generator). */
function numbers(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  });
}

describe('the rank test', () => {
  it('gives what the tables give', () => {
    // U is 2 of 25: (2 - 12.5) / sqrt(5 * 5 * 11 / 12).
    expect(scoreOfRanks([1, 2, 3, 4, 7], [5, 6, 8, 9, 10])).toBeCloseTo(-2.193, 3);
    expect(scoreOfRanks([5, 6, 8, 9, 10], [1, 2, 3, 4, 7])).toBeCloseTo(2.193, 3);
    expect(scoreOfRanks([1, 1, 1], [1, 1, 1])).toBe(0);
  });

  it('does not tell samples of one distribution apart', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      expect(Math.abs(scoreOfRanks(numbers(60, seed), numbers(60, seed * 7_919 + 1)))).toBeLessThan(4);
    }
  });

  it('tells a shift by a tenth apart that wild values would hide from a mean', () => {
    const wild = (values: number[]) => values.map((value, index) => (index % 20 === 0 ? value * 50 : value));
    const quick = numbers(60, 11).map((value) => 20 + 2 * value);
    const slow = numbers(60, 12).map((value) => 22 + 2 * value);
    expect(scoreOfRanks(wild(slow), wild(quick))).toBeGreaterThan(4);
  });
});
