export interface AccessEnd<Value> {
  /** Whether this value, which is still delivered, may be the last one: then access is looked at. */
  mayEnd(value: Value): boolean;
  hasAccess(): Promise<boolean>;
  /** What the next reading fails with. */
  end(): Error;
}

/** Reads on for as long as there is access. Ending the result ends the source at once, as with `mapAsyncIterator`. */
export function endWithAccess<Value>(
  source: AsyncIterator<Value>,
  { mayEnd, hasAccess, end }: AccessEnd<Value>,
): AsyncIterableIterator<Value> {
  let phase: 'open' | 'lost' | 'ended' = 'open';
  const close = async (): Promise<IteratorResult<Value>> => {
    phase = 'ended';
    await source.return?.();
    return { done: true, value: undefined };
  };
  const advance = async (): Promise<IteratorResult<Value>> => {
    const step = await source.next();
    if (!step.done && mayEnd(step.value) && !(await hasAccess())) phase = 'lost';
    return step;
  };
  return {
    async next() {
      if (phase === 'ended') return { done: true, value: undefined };
      try {
        if (phase === 'lost') throw end();
        return await advance();
      } catch (error) {
        await close();
        // The history of what is gone can't be read any more: that is no fault.
        throw (await hasAccess()) ? error : end();
      }
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
