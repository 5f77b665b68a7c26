import type { ExecutionResult } from 'graphql';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import type { ClientBacklog } from './client-backlog.ts';
import { sizeOf } from './event-size.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { UpstreamReading } from './upstream/upstream-reading.ts';
import { WaitingEvents } from './waiting-events.ts';

export interface OwnEventsOptions {
  backlog: ClientBacklog;
  /** Makes of an event of the subgraph what the client gets. */
  complete(event: ExecutionResult, planned: PlannedSubscription): Promise<ExecutionResult>;
  /** The client, or its connection, has gone. Called once. */
  onLeave(): void;
  /** The last of what was read has been sent. */
  onIdle(): void;
}

/** An event that waits for the client, with the plan by which it was read. */
interface WaitingEvent {
  event: ExecutionResult;
  planned: PlannedSubscription;
}

/** What one subscription reads for itself, while it waits for the client to take it and is completed, each by the plan by which it was read. */
export class OwnEvents {
  /** What comes of it, and the end. Whoever iterates asks for the next one when the last was sent. */
  readonly results: AsyncIterableIterator<ExecutionResult>;
  readonly #waiting: WaitingEvents<WaitingEvent>;
  /** Lets go of graphs with which events that wait were read. */
  #letGo: (() => void)[] = [];

  constructor({ backlog, complete, onLeave, onIdle }: OwnEventsOptions) {
    this.#waiting = new WaitingEvents<WaitingEvent>(backlog, {
      onLeave: () => {
        onLeave();
        this.#letGoOfGraphs();
      },
      onIdle,
    });
    this.results = mapAsyncIterator(this.#waiting, async ({ event, planned }) => {
      const completing = complete(event, planned);
      if (this.#waiting.length === 0) this.#letGoOfGraphs();
      const result = await completing;
      // From here on it is counted as what is written.
      this.#waiting.countOff();
      return result;
    });
  }

  /** Nothing waits, and nothing is being completed or sent. */
  get isIdle(): boolean {
    return this.#waiting.isIdle;
  }

  /**
   * @param isHistory it can be read again later, and leaves some room for what is new
   * @returns false when there is no room for it: it does not wait here
   */
  offer(event: ExecutionResult, { planned }: UpstreamReading, isHistory: boolean): boolean {
    const { ephemeral } = planned.plan;
    const waiting = { event, planned };
    if (ephemeral === null) return this.#waiting.offerDurable(waiting, sizeOf(event), isHistory);
    this.#waiting.pushEphemeral(waiting, sizeOf(event), ephemeral.subjectOf(event));
    return true;
  }

  /** Takes an event for which there is no room. */
  push(event: ExecutionResult, { planned }: UpstreamReading): void {
    this.#waiting.pushDurable({ event, planned }, sizeOf(event));
  }

  /** Resolves when there is room for the event that was refused, which is kept for the next that comes; or never, when it is let go before. */
  waitForRoom(): Promise<void> {
    return this.#waiting.waitForRoom();
  }

  /** Stops waiting for room, or gives back what was kept. */
  letGoOfRoom(): void {
    this.#waiting.letGoOfRoom();
  }

  /** Nothing more comes. After what waits the results are done, or fail. */
  end(error: unknown): void {
    this.#waiting.end(error);
  }

  /** What was read by a graph, and waits, is completed by it before that may close. */
  releaseLater(letGo: () => void): void {
    this.#letGo.push(letGo);
    if (this.#waiting.length === 0) this.#letGoOfGraphs();
  }

  #letGoOfGraphs(): void {
    for (const letGo of this.#letGo.splice(0)) letGo();
  }
}
