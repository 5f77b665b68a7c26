import { EventQueue } from '../../platform/event-queue.ts';
import type { ClientBacklog } from './client-backlog.ts';

/** Subjects of which the newest event waits. Past it the one that has waited longest goes. */
const waitingSubjectsLimit = 256;
/** What an event that waits takes beside what it says. */
const overheadBytes = 256;

/** Events of one subscription that wait for its client. They count in what may wait over the whole connection. */
export class WaitingEvents<Value> extends EventQueue<Value> {
  readonly #backlog: ClientBacklog;

  constructor(backlog: ClientBacklog, onLeave: () => void) {
    super({ onLeave, onResized: (change) => backlog.countQueued(change) });
    this.#backlog = backlog;
  }

  /** An event that is not to be left out. @returns whether more may come */
  pushDurable(value: Value, bytes: number): boolean {
    this.push(value, overheadBytes + bytes);
    return !this.#backlog.isFull;
  }

  /** An event that matters until there is a newer one of its subject. However slow the client, that one stays. */
  pushEphemeral(value: Value, bytes: number, subject: string): void {
    this.push(value, overheadBytes + bytes, subject);
    while (this.length > 1 && (this.length > waitingSubjectsLimit || this.#backlog.isFullForEphemeral))
      this.dropOldest();
  }
}
