/**
 * How a router wants a subscription served (docs/SUBSCRIPTIONS.md). A router that knows nothing of leases says nothing and gets events.
 *
 * - `events`: every event, as any graphql-ws server delivers it.
 * - `stream`: the same, each with its place in the log.
 * - `shared`: such a stream that is read for many viewers, in the name of one of them.
 * - `lease`: no events; a permission to get them from a stream, which ends the moment access is withdrawn.
 */
export type ServingMode = 'events' | 'stream' | 'shared' | 'lease';

/** Where an event stands in its log. */
export interface StreamPlace {
  seq: number;
  /** Reading begins after this place when it is given as `after`. */
  cursor: string;
}

export interface StreamNote extends StreamPlace {
  /** Those (or everybody) whose access this event may have ended: what comes after it is not for them before their lease says so. */
  ends?: readonly string[] | 'everybody';
  /** Whether something that earlier events showed is to be shown differently from now on, as what was deleted. */
  amends?: true;
  /** When the event happened, in milliseconds since 1970 by the clock of the subgraph. */
  at?: number;
}

export interface Lease extends StreamPlace {
  /** Names the log: leases with the same channel are served by the same streams. */
  channel: string;
  /** The newest place of the log when the lease was given. */
  head: StreamPlace;
  /** The oldest `seq` that is still retained: what shows anything older is not to be shown any more. */
  first: number;
}

/** Access has ended with the event at a place, which is the last one for this viewer; the error that says so follows. */
export interface LeaseEnd {
  ending: StreamPlace;
}

/** What a subscription yields to a router that shares streams: an event with its place, a place alone, or a lease. */
export class StreamStep {
  /** Null for a step without an event. */
  readonly rootValue: object | null;
  /** Goes out as `extensions.chorus`. */
  readonly note: StreamNote | { lease: Lease } | LeaseEnd;

  constructor(rootValue: object | null, note: StreamStep['note']) {
    this.rootValue = rootValue;
    this.note = note;
  }
}

/** The name of the protocol in `extensions`. */
export const chorusExtension = 'chorus';

/** The mode that the `extensions` of an operation ask for; whatever else they hold is none of this protocol's. */
export function readServingMode(extensions: Record<string, unknown>): ServingMode {
  const asked = extensions[chorusExtension];
  if (typeof asked !== 'object' || asked === null || !('mode' in asked)) return 'events';
  if (asked.mode === 'stream') return 'shared' in asked && asked.shared === true ? 'shared' : 'stream';
  return asked.mode === 'lease' ? 'lease' : 'events';
}

/** What a router puts under the name of the protocol to ask for a mode: a stream that is shared is one for who knows no more. */
export function askFor(mode: ServingMode): object {
  return mode === 'shared' ? { mode: 'stream', shared: true } : { mode };
}
