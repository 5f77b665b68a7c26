import type { ExecutionResult } from 'graphql';
import type { Lease, ServingMode } from '../../../platform/streams.ts';
import type { PlannedSubscription } from '../prepare-operation.ts';

/** What one subscription has open at a subgraph. The graph by which it was planned stays open with it. */
export class UpstreamReading {
  readonly events: AsyncIterableIterator<ExecutionResult>;
  planned: PlannedSubscription;
  /** Lets go of the graph, once what was read is completed. */
  letGo: () => void;
  hasSpoken = false;
  /** What it asked for: nothing else is taken from it. */
  readonly mode: ServingMode;
  /** The last that it was given. */
  lease: Lease | null = null;
  /** The last place of the lease, once it has one. */
  endingSeq: number | null = null;
  /** What happened before is history. In milliseconds since 1970. */
  readonly begunAt: number;

  constructor(
    planned: PlannedSubscription,
    { mode, events, begunAt }: Pick<UpstreamReading, 'mode' | 'events' | 'begunAt'>,
  ) {
    this.planned = planned;
    this.mode = mode;
    this.events = events;
    this.begunAt = begunAt;
    this.letGo = planned.graph.hold();
  }

  /** What comes from here on is completed by another plan. @returns what lets go of the graph before it */
  moveTo(next: PlannedSubscription): () => void {
    const { letGo } = this;
    this.letGo = next.graph.hold();
    this.planned = next;
    return letGo;
  }

  end(): void {
    void this.events.return?.();
  }
}
