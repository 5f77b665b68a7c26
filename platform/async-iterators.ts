/**
 * Maps what an async iterator yields. Unlike an async generator, whose `return()` waits behind a pending `next()`,
 * ending the result ends the source at once: a silent stream can be left at any time. A `map` that fails ends it too.
 */
export function mapAsyncIterator<Source, Result>(
  source: AsyncIterator<Source>,
  map: (value: Source) => Result | Promise<Result>,
): AsyncIterableIterator<Result> {
  const mapped = async (step: Promise<IteratorResult<Source>>): Promise<IteratorResult<Result>> => {
    const { done, value } = await step;
    if (done) return { done, value: undefined };
    try {
      return { done: false, value: await map(value) };
    } catch (error) {
      await source.return?.();
      throw error;
    }
  };
  return {
    next: () => mapped(source.next()),
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await source.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Leaves out what does not fit; like `mapAsyncIterator`, ending the result ends the source at once. */
export function filterAsyncIterator<Value>(
  source: AsyncIterator<Value>,
  keep: (value: Value) => boolean,
): AsyncIterableIterator<Value> {
  return {
    async next() {
      for (;;) {
        const step = await source.next();
        if (step.done || keep(step.value)) return step;
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Calls back once when an iterator has ended, failed, or been left. */
export function watchEnd<Value>(source: AsyncIterator<Value>, onEnd: () => void): AsyncIterableIterator<Value> {
  let hasEnded = false;
  const end = () => {
    if (!hasEnded) onEnd();
    hasEnded = true;
  };
  return {
    async next() {
      try {
        const step = await source.next();
        if (step.done) end();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Yields nothing until it is ended. */
export function neverAnything(): AsyncIterableIterator<never> {
  let end: (step: IteratorResult<never>) => void = () => undefined;
  const ended = new Promise<IteratorResult<never>>((resolve) => {
    end = resolve;
  });
  return {
    next: () => ended,
    async return() {
      end({ done: true, value: undefined });
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
