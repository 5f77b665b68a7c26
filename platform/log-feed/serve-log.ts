import { filterAsyncIterator, mapAsyncIterator } from '../async-iterators.ts';
import { type Lease, type ServingMode, type StreamNote, type StreamPlace, StreamStep } from '../streams.ts';
import type { LogEvent } from './event-window.ts';

/** How a subscription shows a log. */
export interface LogView<Event extends LogEvent> {
  /** What the subscription's field resolves from; null for an event that it does not show. */
  rootValueOf(event: Event): object | null;
  placeOf(seq: number): StreamPlace;
  /** Those whose access an event may end. */
  endsOf?(event: Event): NonNullable<StreamNote['ends']>;
  /** The `seq` of an earlier event that is shown differently after this one; null for most. */
  amendsOf?(event: Event): number | null;
}

/** The events of a log as a subscription yields them: those that it shows, or all of them with their places. */
export function serveEvents<Event extends LogEvent>(
  mode: Exclude<ServingMode, 'lease'>,
  events: AsyncIterator<Event>,
  view: LogView<Event>,
): AsyncIterableIterator<object> {
  if (mode === 'stream') return mapAsyncIterator(events, (event) => toStep(event, view));
  const shown = mapAsyncIterator(events, view.rootValueOf);
  return filterAsyncIterator(shown, (rootValue) => rootValue !== null) as AsyncIterableIterator<object>;
}

/** Of an event that is not shown the place is told all the same: whoever shares the stream knows how far it has come. */
function toStep<Event extends LogEvent>(event: Event, view: LogView<Event>): StreamStep {
  const ends = view.endsOf?.(event) ?? [];
  const amends = view.amendsOf?.(event) ?? null;
  return new StreamStep(view.rootValueOf(event), {
    ...view.placeOf(event.seq),
    ...(ends.length > 0 && { ends }),
    ...(amends !== null && { amends }),
  });
}

/** A lease on a channel, and the same again at each place where access was looked at anew and is still there. */
export function serveLease(
  lease: Lease,
  renewedAt: AsyncIterator<LogEvent>,
  placeOf: (seq: number) => StreamPlace,
): AsyncIterableIterator<StreamStep> {
  let phase: 'new' | 'given' = 'new';
  return {
    async next() {
      if (phase === 'new') {
        phase = 'given';
        return { done: false, value: new StreamStep(null, { lease }) };
      }
      const step = await renewedAt.next();
      if (step.done) return { done: true, value: undefined };
      const place = placeOf(step.value.seq);
      return { done: false, value: new StreamStep(null, { lease: { ...lease, ...place, head: place } }) };
    },
    async return() {
      await renewedAt.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
