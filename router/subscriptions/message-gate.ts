/** How deep a message may be nested: what walks through it, here and in subgraphs, has a stack that ends somewhere. */
export const nestingLimit = 200;

/** What servers alone say. The library takes it for a fault of its own. */
const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

export interface MessageGateOptions {
  /** Hands a message to the library. Resolves when the operation that it begins is over; never rejects. */
  handle(message: string): Promise<void>;
  /** What no client of the protocol sends. */
  refuse(): void;
}

/** An operation that the library has begun, or not ended yet. */
interface UnderWay {
  /** The client has completed it: its id is free, though the library may be busy with it. */
  isCompleted: boolean;
  /** What wants to begin under the same id. The second of two is one too many, which is for the library to say. */
  waiting: string[];
}

/**
 * Stands between a socket and graphql-ws, which knows an operation by its id alone and forgets it with the client's
 * `complete`, whatever is still under way for it. A client that uses the id again at once would get the end of the old
 * operation as that of the new one, or the events of both. So here the new one waits until the old one is over.
 */
export class MessageGate {
  readonly #options: MessageGateOptions;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(options: MessageGateOptions) {
    this.#options = options;
  }

  /** Operations that are not over yet, also of those that the client has completed. */
  get operations(): number {
    return this.#underWay.size;
  }

  async take(message: string): Promise<void> {
    const { type, id } = readHead(message);
    if (serverTypes.has(type) || isNestedTooDeep(message)) this.#options.refuse();
    else if (type === 'subscribe' && typeof id === 'string') await this.#begin(id, message);
    else if (type === 'complete' && typeof id === 'string') await this.#complete(id, message);
    else await this.#options.handle(message);
  }

  async #begin(id: string, message: string): Promise<void> {
    const earlier = this.#underWay.get(id);
    if (earlier) {
      if (!earlier.isCompleted) await this.#options.handle(message);
      else if (earlier.waiting.length < 2) earlier.waiting.push(message);
      return;
    }
    const operation: UnderWay = { isCompleted: false, waiting: [] };
    this.#underWay.set(id, operation);
    await this.#options.handle(message);
    this.#underWay.delete(id);
    for (const next of operation.waiting) void this.#begin(id, next);
  }

  async #complete(id: string, message: string): Promise<void> {
    const operation = this.#underWay.get(id);
    if (operation?.isCompleted) {
      // What has not begun yet is not begun at all.
      operation.waiting = [];
      return;
    }
    if (operation) operation.isCompleted = true;
    await this.#options.handle(message);
  }
}

function readHead(message: string): { type?: unknown; id?: unknown } {
  try {
    return (JSON.parse(message) as { type?: unknown; id?: unknown } | null) ?? {};
  } catch {
    // The library says so.
    return {};
  }
}

function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > nestingLimit) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
