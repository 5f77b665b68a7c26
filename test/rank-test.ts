/**
 * The Mann-Whitney U test, as a standard score: how far the ranks of two samples are from those of samples of one distribution. It
 * sees a small shift of all values that medians or means of so few would hide in their noise, and one wild value counts for no
 * more than its rank. With 20 values and more on each side the score is normally distributed.
 * (H. B. Mann, D. R. Whitney: On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other, Annals of
 * Mathematical Statistics 18, 1947, pages 50-60; equal values share their ranks.)
 * @returns positive when the first sample is the larger one
 */
export function scoreOfRanks(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1;
    const shared = (start + 1 + end) / 2;
    rankSum += shared * all.slice(start, end).filter(({ isOne }) => isOne).length;
    start = end;
  }
  const [m, n] = [one.length, other.length];
  const u = rankSum - (m * (m + 1)) / 2;
  return (u - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}
