import { EventQueue } from '../../platform/event-queue.ts';
import type { ClientBacklog } from './client-backlog.ts';

/** Subjects of which the newest event waits. Past it the one that has waited longest goes. */
const waitingSubjectsLimit = 256;
/** What an event that waits takes beside what it says. */
const overheadBytes = 256;

/** Events of one subscription that wait for its client. They count in what may wait over the whole connection. */
export class WaitingEvents<Value> extends EventQueue<Value> {
  readonly #backlog: ClientBacklog;
  /** Of the event for which there was no room. */
  #refusedBytes = 0;
  #isRoomKept = false;
  #letGo: () => void = () => undefined;

  constructor(backlog: ClientBacklog, { onLeave, onIdle }: { onLeave(): void; onIdle?(): void }) {
    super({ onLeave, ...(onIdle && { onIdle }), onResized: (change) => backlog.countQueued(change) });
    this.#backlog = backlog;
  }

  /**
   * An event that is not to be left out.
   * @param isDeferrable it can be had again later, and leaves some room for what can't
   * @returns false when there is no room for it: it does not wait here
   */
  offerDurable(value: Value, bytes: number, isDeferrable: boolean): boolean {
    this.#refusedBytes = overheadBytes + bytes;
    if (!this.#isRoomKept && !this.#backlog.hasRoomFor(this.#refusedBytes, isDeferrable)) return false;
    this.pushDurable(value, bytes);
    return true;
  }

  /** An event that has to wait here, whether or not there is room for it. */
  pushDurable(value: Value, bytes: number): void {
    this.push(value, overheadBytes + bytes);
    this.letGoOfRoom();
  }

  /** An event that matters until there is a newer one of its subject. However slow the client, that one stays. */
  pushEphemeral(value: Value, bytes: number, subject: string): void {
    this.push(value, overheadBytes + bytes, subject);
    while (this.length > 1 && (this.length > waitingSubjectsLimit || !this.#backlog.hasRoomFor(0, true)))
      this.dropOldest();
  }

  /** Resolves when there is room for the event that was refused, which is kept for the next one that comes; or never, when it is let go before. */
  waitForRoom(): Promise<void> {
    this.letGoOfRoom();
    return new Promise((resolve) => {
      this.#letGo = this.#backlog.askForRoom(this.#refusedBytes, () => {
        this.#isRoomKept = true;
        resolve();
      });
    });
  }

  /** Stops waiting for room, or gives back what was kept. */
  letGoOfRoom(): void {
    this.#isRoomKept = false;
    this.#letGo();
  }
}
