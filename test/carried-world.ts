import type { ExecutionResult } from 'graphql';
import { EventQueue } from '../platform/event-queue.ts';
import type { Lease } from '../platform/streams.ts';
import { CarriedSubscription } from '../router/subscriptions/carried-subscription.ts';
import { ClientBacklog } from '../router/subscriptions/client-backlog.ts';
import type { PlannedSubscription } from '../router/subscriptions/prepare-operation.ts';
import { UntakenStream } from './untaken-stream.ts';

/** When every reading begins. */
export const beginning = 1_000_000;

/** What is opened at a subgraph, in the order of opening. */
interface Opened {
  by: string;
  cursor: string | null;
  events: EventQueue<ExecutionResult>;
  isLeft: boolean;
}

/** Everything around a client's subscription: what it opens, joins and holds is noted. */
export function openWorld() {
  const opened: Opened[] = [];
  const joined: { by: string; seq: number }[] = [];
  const held = new Map<string, number>();
  const stream = new UntakenStream();
  let closes = 0;
  const onExceeded = () => {
    closes += 1;
  };
  const backlog = new ClientBacklog({ stream, limitBytes: 10_000, onExceeded });
  const change = (name: string, by: number) => held.set(name, (held.get(name) ?? 0) + by);

  /** A plan is named by what is read and what is made of it: `a1` and `a2` read the same. What `p1` selects is not the same for all. */
  const planned = (name: string, isResumable = true, cursor: string | null = null): PlannedSubscription =>
    ({
      plan: {
        key: name,
        readingKey: name[0],
        primary: { serviceName: 'log' },
        resumption: isResumable ? { cursorOf: () => cursor, isSameForAll: name[0] !== 'p' } : null,
        ephemeral: null,
      },
      variables: {},
      context: { viewer: { userId: 'ada' } },
      graph: {
        hold() {
          change(name, 1);
          return () => change(name, -1);
        },
      },
    }) as unknown as PlannedSubscription;

  const start = (first: PlannedSubscription) =>
    new CarriedSubscription(first, {
      userId: 'ada',
      open({ plan }, _mode, cursor) {
        const one: Opened = {
          by: plan.key,
          cursor,
          events: new EventQueue<ExecutionResult>({
            onLeave() {
              one.isLeft = true;
            },
          }),
          isLeft: false,
        };
        opened.push(one);
        return one.events;
      },
      complete: async ({ data, errors }, { plan }) => ({
        data: { seq: data?.['seq'], by: plan.key },
        ...(errors && { errors }),
      }),
      sink: { deliver: () => undefined, isBehind: false, whenTaken: () => undefined, backlog },
      join: (_lease, { planned: { plan }, place }) => joined.push({ by: plan.key, seq: place.seq }),
      leave: () => undefined,
      onLeft: () => undefined,
      backOff: () => Promise.resolve(),
      now: () => beginning,
    });
  const holders = () => [...held].flatMap(([name, count]) => (count > 0 ? [name] : []));
  return { opened, joined, planned, start, holders, stream, backlog, closes: () => closes };
}

export const event = (seq: number, hasPlace = true, at = beginning): ExecutionResult => ({
  data: { seq },
  ...(hasPlace && { extensions: { chorus: { seq, cursor: String(seq), at } } }),
});
/** Large enough that there is no room for a third, and of history not for a second. */
export const largeEvent = (seq: number, hasPlace = true, at = beginning): ExecutionResult => ({
  ...event(seq, hasPlace, at),
  data: { seq, text: 'x'.repeat(4_000) },
});
export const lease = (seq: number): ExecutionResult => {
  const place = { seq, cursor: String(seq) };
  const granted: Lease = { channel: 'room', ...place, head: place, first: 1 };
  return { data: null, extensions: { chorus: { lease: granted } } };
};
export const next = async ({ results }: CarriedSubscription) => (await results.next()).value?.data;

/** Everything that waits in promises is done. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));
