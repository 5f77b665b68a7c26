export interface AccessEnd<Value> {
  /** Whether access ends with this value, which is still delivered. */
  isLost(value: Value): Promise<boolean>;
  /** What the next reading fails with. */
  end(): Error;
}

/** Reads on for as long as there is access. Ending the result ends the source at once, as with `mapAsyncIterator`. */
export function endWithAccess<Value>(
  source: AsyncIterator<Value>,
  { isLost, end }: AccessEnd<Value>,
): AsyncIterableIterator<Value> {
  let phase: 'open' | 'lost' | 'ended' = 'open';
  const close = async (): Promise<IteratorResult<Value>> => {
    phase = 'ended';
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      if (phase === 'lost') {
        await close();
        throw end();
      }
      if (phase === 'ended') return { done: true, value: undefined };
      const step = await source.next();
      if (step.done) return step;
      try {
        if (await isLost(step.value)) phase = 'lost';
      } catch (error) {
        await close();
        throw error;
      }
      return step;
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
