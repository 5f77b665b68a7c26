/** What has a member for each function that makes one. */
export type LazyMembers<Makers> = {
  readonly [Name in keyof Makers]: Makers[Name] extends (...given: never[]) => infer Member ? Member : never;
};

/** Where an object keeps what its members are made from, and those that are made: copies of the object share both. */
const state = Symbol('state');

interface Lazy {
  [state]: { given: never[]; made: Map<string, unknown> };
}

/**
 * Makes objects whose members are made when somebody first asks for them, each once: of all that a request could use it uses one or
 * two, and many a request is no more than one subscription among thousands. All members are made from the same arguments.
 */
export function createLazyMembers<Makers extends Record<string, (...given: never[]) => unknown>>(
  makers: Makers,
): (...given: Parameters<Makers[keyof Makers]>) => LazyMembers<Makers> {
  const prototype = {};
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: Lazy) {
        const { given, made } = this[state];
        if (!made.has(name)) made.set(name, make(...given));
        return made.get(name);
      },
    });
  }
  return (...given) => {
    const lazy: Lazy = Object.create(prototype);
    lazy[state] = { given, made: new Map() };
    return lazy as unknown as LazyMembers<Makers>;
  };
}
