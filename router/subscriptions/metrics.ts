import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { watchEnd } from '../../platform/async-iterators.ts';
import type { Operations } from './operations.ts';
import type { ResumeSource } from './sharing/shared-streams.ts';

/** What is counted of shared streams. */
export interface StreamMeters {
  /** An event was made ready once for everybody. */
  onEvent(): void;
  /** It was handed to so many subscribers. */
  onDelivered(subscribers: number): void;
  /** An event that happened while its stream was followed has been handed to all subscribers, so long after it happened. */
  onLatency(milliseconds: number): void;
  /** Somebody was served from their own place on. */
  onResumed(source: ResumeSource): void;
}

/** From a millisecond apart to events that only the heartbeat has found. */
const latencyBucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures how much is shared: readings of logs beside those who follow them, events beside deliveries. */
export function measureStreams(
  registry: Registry,
  readCounts: () => { streams: number; followers: number },
): StreamMeters {
  const registers = [registry];
  new Gauge({
    name: 'chorus_shared_streams',
    help: 'Logs that are read at the moment, each for all who select the same.',
    registers,
    collect() {
      this.set(readCounts().streams);
    },
  });
  new Gauge({
    name: 'chorus_shared_subscriptions',
    help: 'Subscriptions that are served by a shared stream, each by a lease of its own.',
    registers,
    collect() {
      this.set(readCounts().followers);
    },
  });
  const events = new Counter({
    name: 'chorus_shared_events_total',
    help: 'Events that were fetched, completed and written as JSON, once each.',
    registers,
  });
  const deliveries = new Counter({
    name: 'chorus_shared_deliveries_total',
    help: 'Events that were handed to a subscriber of a shared stream.',
    registers,
  });
  const latency = new Histogram({
    name: 'chorus_delivery_latency_seconds',
    help: 'From when an event happened, by the clock of its subgraph, to when the router had written it to all who share its stream.',
    buckets: latencyBucketsSeconds,
    registers,
  });
  const resumes = new Counter({
    name: 'chorus_resumes_total',
    help: 'Subscriptions that joined a shared stream, by where what they lacked came from: head (they lacked nothing), ring, history.',
    labelNames: ['source'],
    registers,
  });
  return {
    onEvent: () => events.inc(),
    onDelivered: (subscribers) => deliveries.inc(subscribers),
    onLatency: (milliseconds) => latency.observe(milliseconds / 1_000),
    onResumed: (source) => resumes.inc({ source }),
  };
}

/** Measures how many subscriptions of clients are open, over whatever transport. */
export function measureSubscriptions(registry: Registry, operations: Operations): Operations {
  const open = new Gauge({
    name: 'chorus_subscriptions',
    help: 'Subscriptions of clients that are open, shared or not.',
    registers: [registry],
  });
  return {
    ...operations,
    subscribe(operation, sink) {
      const results = operations.subscribe(operation, sink);
      open.inc();
      return watchEnd(results, () => open.dec());
    },
  };
}

/** What is counted of WebSockets. */
export interface SocketMeters {
  onRefused(status: string): void;
  onClosed(code: number): void;
}

/** Measures WebSockets: those that are open, those that were refused or closed, and what waits for their clients to read it. */
export function measureSockets(
  registry: Registry,
  readCounts: () => { sockets: number; bufferedBytes: number },
): SocketMeters {
  const registers = [registry];
  new Gauge({
    name: 'chorus_sockets',
    help: 'WebSockets that are open.',
    registers,
    collect() {
      this.set(readCounts().sockets);
    },
  });
  new Gauge({
    name: 'chorus_socket_buffered_bytes',
    help: 'Bytes that wait for clients to take them, written or in operations, of all WebSockets together.',
    registers,
    collect() {
      this.set(readCounts().bufferedBytes);
    },
  });
  const refusals = new Counter({
    name: 'chorus_socket_refusals_total',
    help: 'WebSockets that were not opened, by HTTP status.',
    labelNames: ['status'],
    registers,
  });
  const closes = new Counter({
    name: 'chorus_socket_closes_total',
    help: 'WebSockets that were closed, by close code.',
    labelNames: ['code'],
    registers,
  });
  return { onRefused: (status) => refusals.inc({ status }), onClosed: (code) => closes.inc({ code: labelOf(code) }) };
}

/** What is counted of subscriptions over HTTP. */
export interface HttpStreamMeters {
  onEnded(reason: string): void;
}

/** Measures subscriptions over HTTP: those that are open, and what has ended the others. */
export function measureHttpStreams(registry: Registry, readCount: () => number): HttpStreamMeters {
  const registers = [registry];
  const ends = new Counter({
    name: 'chorus_http_stream_ends_total',
    help: 'Subscriptions over HTTP that have ended: complete, gone (the client left), or by the code of an error.',
    labelNames: ['reason'],
    registers,
  });
  new Gauge({
    name: 'chorus_http_streams',
    help: 'Subscriptions over HTTP that are open.',
    registers,
    collect() {
      this.set(readCount());
    },
  });
  return { onEnded: (reason) => ends.inc({ reason }) };
}

/** Codes that sockets are closed with here, by the protocols and by docs/errors.md. */
const closeCodes: ReadonlySet<number> = new Set([
  ...[1000, 1001, 1002, 1005, 1006, 1007, 1009, 1012, 1013],
  ...[4400, 4401, 4403, 4406, 4408, 4409, 4413, 4429, 4430, 4500],
]);

/** A client may say any of three thousand codes, which must not become as many time series. */
function labelOf(code: number): string {
  return closeCodes.has(code) ? String(code) : 'other';
}
