interface Gate {
  exclusive: Promise<unknown>;
  shared: Promise<unknown>[];
}

/** Lets what commutes run side by side and everything else alone, by key: so that a model knows the order of what it was told. */
export class Gates {
  readonly #gates = new Map<string, Gate>();

  shared<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const gate = this.#gate(key);
    const running = gate.exclusive.then(work);
    gate.shared.push(running.catch(() => undefined));
    return running;
  }

  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const gate = this.#gate(key);
    const running = Promise.all([gate.exclusive, ...gate.shared]).then(work);
    gate.exclusive = running.catch(() => undefined);
    gate.shared = [];
    return running;
  }

  #gate(key: string): Gate {
    const gate = this.#gates.get(key) ?? { exclusive: Promise.resolve(), shared: [] };
    this.#gates.set(key, gate);
    return gate;
  }
}
