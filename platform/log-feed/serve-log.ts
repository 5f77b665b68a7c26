import { filterAsyncIterator, mapAsyncIterator } from '../async-iterators.ts';
import { type Lease, type ServingMode, type StreamNote, type StreamPlace, StreamStep } from '../streams.ts';
import type { LogEvent } from './event-window.ts';

/** How a subscription shows a log. */
export interface LogView<Event extends LogEvent> {
  /** What the subscription's field resolves from; null for an event that it does not show. */
  rootValueOf(event: Event): object | null;
  placeOf(seq: number): StreamPlace;
  /** When an event happened, in RFC 3339 form. */
  timeOf(event: Event): string;
  /** Those whose access an event may end. */
  endsOf?(event: Event): NonNullable<StreamNote['ends']>;
  /** Whether earlier events are shown differently after this one. */
  amends?(event: Event): boolean;
}

/** The events of a log as a subscription yields them: those that it shows, or all of them with their places. */
export function serveEvents<Event extends LogEvent>(
  mode: Exclude<ServingMode, 'lease'>,
  events: AsyncIterator<Event>,
  view: LogView<Event>,
): AsyncIterableIterator<object> {
  if (mode !== 'events') return mapAsyncIterator(events, (event) => toStep(event, view));
  const shown = mapAsyncIterator(events, view.rootValueOf);
  return filterAsyncIterator(shown, (rootValue) => rootValue !== null) as AsyncIterableIterator<object>;
}

/** Of an event that is not shown the place is told all the same: whoever shares the stream knows how far it has come. */
function toStep<Event extends LogEvent>(event: Event, view: LogView<Event>): StreamStep {
  const ends = view.endsOf?.(event) ?? [];
  const amends = view.amends?.(event) ?? false;
  return new StreamStep(view.rootValueOf(event), {
    ...view.placeOf(event.seq),
    at: Date.parse(view.timeOf(event)),
    ...(ends.length > 0 && { ends }),
    ...(amends && { amends }),
  });
}

/** What somebody who holds a lease is told of: an event after which access was looked at anew. */
export interface AccessLook {
  seq: number;
  hasAccess: boolean;
}

/**
 * A lease on a channel, the same again at each place where access was looked at and is still there, and where it is not any more
 * the place, followed by the error that says why.
 */
export function serveLease(
  lease: Lease,
  looks: AsyncIterator<AccessLook>,
  { placeOf, end }: { placeOf(seq: number): StreamPlace; end(): Error },
): AsyncIterableIterator<StreamStep> {
  let phase: 'new' | 'given' | 'ending' = 'new';
  const close = async (): Promise<IteratorResult<StreamStep>> => {
    await looks.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      if (phase === 'ending') {
        await close();
        throw end();
      }
      if (phase === 'new') {
        phase = 'given';
        return { done: false, value: new StreamStep(null, { lease }) };
      }
      const step = await looks.next();
      if (step.done) return { done: true, value: undefined };
      const place = placeOf(step.value.seq);
      if (step.value.hasAccess)
        return { done: false, value: new StreamStep(null, { lease: { ...lease, ...place, head: place } }) };
      phase = 'ending';
      return { done: false, value: new StreamStep(null, { ending: place }) };
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
