import { Counter, Gauge, type Registry } from 'prom-client';

/** What is counted of shared streams. */
export interface StreamMeters {
  /** An event was made ready once for everybody. */
  onEvent(): void;
  /** It was handed to one subscriber. */
  onDelivery(): void;
}

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
  return { onEvent: () => events.inc(), onDelivery: () => deliveries.inc() };
}
