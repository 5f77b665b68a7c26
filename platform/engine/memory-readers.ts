import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type DeliverySource, handEntry, type TakenDelivery } from './consumer.ts';
import type { ConsumeOptions, LogEntry, Tail } from './engine.ts';
import type { ConsumerGroup, MemoryLog } from './memory-log.ts';

/** Entries that a tail hands over before it lets others have a turn. */
const tailBatchSize = 100;

/** The deliveries of one member of a group. Nothing is ever abandoned: members live and die with the process. */
export function createMemoryDeliverySource(log: MemoryLog, name: string, options: ConsumeOptions): DeliverySource {
  let phase: 'taking' | 'interrupted' = 'taking';
  let retriedLast = false;
  let wake = (): void => {};
  const onChange = (): void => wake();
  log.watch(onChange);

  function takeNow(limit: number): TakenDelivery[] {
    const group = log.group(name);
    const inTurn = [takeDue, takeFresh];
    // Retries and fresh entries take turns, so that a flood of one does not starve the other.
    if (retriedLast) inTurn.reverse();
    const taken: TakenDelivery[] = [];
    for (const take of inTurn) taken.push(...take(group, limit - taken.length, log));
    retriedLast = taken.some((delivery) => delivery.attempt > 1);
    return taken;
  }

  function untilSomethingToDo(): Promise<void> {
    return new Promise((resolve) => {
      const wait = nextDueIn(log.group(name));
      const timer = wait === null ? undefined : setTimeout(() => wake(), wait);
      wake = () => {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      };
    });
  }

  return {
    async take(limit) {
      // Without a turn for others a long backlog would keep the event loop from everything else.
      await nextTurn();
      if (phase === 'interrupted') return [];
      const deliveries = takeNow(limit);
      if (deliveries.length > 0) return deliveries;
      await untilSomethingToDo();
      return [];
    },
    async complete(id) {
      log.group(name).pending.delete(id);
    },
    async retryLater(id) {
      const pending = log.group(name).pending.get(id);
      if (pending === undefined) return;
      pending.dueAt = performance.now() + options.retryDelayMilliseconds;
      // Other members may sleep without a timer for this retry.
      log.notify();
    },
    interrupt() {
      phase = 'interrupted';
      wake();
    },
    async close() {
      log.unwatch(onChange);
    },
  };
}

function takeDue(group: ConsumerGroup, limit: number): TakenDelivery[] {
  const now = performance.now();
  const taken: TakenDelivery[] = [];
  for (const pending of group.pending.values()) {
    if (taken.length >= limit) break;
    if (pending.dueAt === null || pending.dueAt > now) continue;
    pending.dueAt = null;
    pending.attempt += 1;
    taken.push({ ...pending.entry, attempt: pending.attempt, abandoned: false });
  }
  return taken;
}

function takeFresh(group: ConsumerGroup, limit: number, log: MemoryLog): TakenDelivery[] {
  const { entries, next } = log.read(group.next, limit);
  group.next = next;
  return entries.map((entry) => {
    group.pending.set(entry.id, { entry, attempt: 1, dueAt: null });
    return { ...entry, attempt: 1, abandoned: false };
  });
}

/** Milliseconds until the earliest retry of the group, or null when none is planned. */
function nextDueIn(group: ConsumerGroup): number | null {
  let earliest: number | null = null;
  for (const { dueAt } of group.pending.values()) {
    if (dueAt !== null && (earliest === null || dueAt < earliest)) earliest = dueAt;
  }
  return earliest === null ? null : Math.max(Math.ceil(earliest - performance.now()), 0);
}

/** Hands over the entries from an ordinal on, and then each new one, in turns of the event loop. */
export function startMemoryTail(log: MemoryLog, since: Date, onEntry: (entry: LogEntry) => void, logger: Logger): Tail {
  const caughtUp = Promise.withResolvers<void>();
  let next = log.ordinalAt(since.getTime());
  let phase: 'idle' | 'scheduled' | 'stopped' = 'idle';

  const isStopped = (): boolean => phase === 'stopped';

  function schedule(): void {
    if (phase !== 'idle') return;
    phase = 'scheduled';
    setImmediate(handOver);
  }

  function handOver(): void {
    if (isStopped()) return;
    phase = 'idle';
    const batch = log.read(next, tailBatchSize);
    next = batch.next;
    for (const entry of batch.entries) {
      if (isStopped()) return;
      handEntry(entry, onEntry, logger);
    }
    if (batch.entries.length > 0) schedule();
    if (batch.entries.length < tailBatchSize) caughtUp.resolve();
  }

  log.watch(schedule);
  schedule();
  return {
    caughtUp: caughtUp.promise,
    async stop() {
      phase = 'stopped';
      log.unwatch(schedule);
    },
  };
}
