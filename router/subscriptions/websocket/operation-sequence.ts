import { MessageType } from 'graphql-ws';
import type { ClientMessage } from './client-message.ts';

/** The operation of an id that the protocol's library has not finished with. */
interface UnderWay {
  /** The client has completed it: its id is the client's to use again. */
  isLeft: boolean;
  /** The message that begins the next operation of this id. */
  next: string | null;
}

/**
 * graphql-ws tells the operations of a socket apart by their ids alone. A client may use an id again once it has completed an
 * operation, while the server still winds that one down: the library would then take the end of the old one for the end of the
 * new one, or let both go on under one id. Here the new one waits until the old one is over.
 */
export class OperationSequence {
  readonly #handle: (text: string) => Promise<void>;
  readonly #underWay = new Map<string, UnderWay>();
  #hasStopped = false;

  /** @param handle gives the library a message; for one that begins an operation it resolves when that is over. */
  constructor(handle: (text: string) => Promise<void>) {
    this.#handle = handle;
  }

  /** Operations under way, those among them that the client does not wait for any more. */
  get size(): number {
    return this.#underWay.size;
  }

  async handle({ text, type, id }: ClientMessage): Promise<void> {
    if (id === null) return this.#handle(text);
    if (type === MessageType.Subscribe) return this.#begin(id, text);
    const operation = this.#underWay.get(id);
    if (type === MessageType.Complete && operation?.isLeft) operation.next = null;
    else if (type === MessageType.Complete && operation) operation.isLeft = true;
    return this.#handle(text);
  }

  /** Begins nothing any more. */
  stop(): void {
    this.#hasStopped = true;
  }

  async #begin(id: string, text: string): Promise<void> {
    const before = this.#underWay.get(id);
    if (before?.isLeft) {
      const waiting = before.next;
      before.next = text;
      // Two at once with one id: the library gets to see both, and closes the socket for it.
      if (waiting !== null) await Promise.all([this.#handle(waiting), this.#handle(text)]);
      return;
    }
    if (before) return this.#handle(text);
    const operation: UnderWay = { isLeft: false, next: null };
    this.#underWay.set(id, operation);
    try {
      // In a loop, so that nothing is kept of those that are over: a client may use one id for ever.
      for (let begun: string | null = text; begun !== null && !this.#hasStopped; begun = operation.next) {
        operation.isLeft = false;
        operation.next = null;
        await this.#handle(begun);
      }
    } finally {
      this.#underWay.delete(id);
    }
  }
}
