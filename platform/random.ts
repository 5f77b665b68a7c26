/** Gives a number from 0 up to 1, which is never 1, as `Math.random` does. */
export type Random = () => number;
