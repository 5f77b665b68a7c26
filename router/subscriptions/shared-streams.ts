import type { Lease } from '../../platform/streams.ts';
import { type Follower, SharedStream, type SharedStreamOptions } from './shared-stream.ts';

/** All streams of this router that are read for more than one. */
export interface SharedStreams<Member extends Follower> {
  /** Serves a follower from its place on. `key` names what can be shared: a channel, an operation, a class of access. */
  join(key: string, lease: Lease, follower: Member, reading: Reading<Member>): void;
  leave(follower: Member): void;
  /** How many readings there are, and followers of them. */
  readonly counts: { streams: number; followers: number };
  stop(): void;
}

/** Where somebody who joins a stream gets what they lack: nothing is lacked at the head, the ring is in memory, history is read. */
export type ResumeSource = 'head' | 'ring' | 'history';

/** How a stream of this key is read and completed. */
export type Reading<Member extends Follower> = Pick<SharedStreamOptions<Member>, 'read' | 'complete'>;

/** The live stream of a key, and readings of what was before it. */
interface Group<Member extends Follower> {
  live: SharedStream<Member>;
  catchUps: Set<SharedStream<Member>>;
  /** Those who wait for the next catch-up. */
  waiting: Set<Member>;
  timer: NodeJS.Timeout | undefined;
  lastCatchUpAt: number;
}

/** Someone who lacks no more than this begins the live stream there: it is read on from there anyway. */
const nearHead = 256;
/** History of one stream is read for everybody who asks for it within this time together. */
const catchUpPauseMilliseconds = 1_000;

export function createSharedStreams<Member extends Follower>(
  options: Pick<SharedStreamOptions<Member>, 'onMoved' | 'onLatency' | 'backOff' | 'logger' | 'now'> & {
    onResumed(source: ResumeSource): void;
  },
): SharedStreams<Member> {
  const groups = new Map<string, Group<Member>>();
  /** Where each follower is, to take it out. */
  const places = new Map<Member, { key: string; stream: SharedStream<Member> | null }>();

  function openGroup(key: string, lease: Lease, reading: Reading<Member>): Group<Member> {
    const start = lease.head.seq - lease.seq <= nearHead ? lease : lease.head;
    const group: Group<Member> = {
      live: new SharedStream<Member>(
        { seq: start.seq, cursor: start.cursor },
        { ...options, ...reading, onEmpty: () => closeWhenEmpty(key, group) },
      ),
      catchUps: new Set(),
      waiting: new Set(),
      timer: undefined,
      lastCatchUpAt: 0,
    };
    groups.set(key, group);
    return group;
  }

  function closeWhenEmpty(key: string, group: Group<Member>): void {
    if (group.live.size > 0 || group.catchUps.size > 0 || group.waiting.size > 0) return;
    clearTimeout(group.timer);
    group.live.end();
    if (groups.get(key) === group) groups.delete(key);
  }

  function joinStream(key: string, stream: SharedStream<Member>, follower: Member): void {
    places.set(follower, { key, stream });
    stream.join(follower);
  }

  /** Those who lack more than any stream has wait a moment, so that one reading of the past serves them all. */
  function waitForCatchUp(key: string, group: Group<Member>, follower: Member, reading: Reading<Member>): void {
    places.set(follower, { key, stream: null });
    group.waiting.add(follower);
    const wait = Math.max(0, group.lastCatchUpAt + catchUpPauseMilliseconds - options.now());
    group.timer ??= setTimeout(() => startCatchUp(key, group, reading), wait);
  }

  function startCatchUp(key: string, group: Group<Member>, reading: Reading<Member>): void {
    group.timer = undefined;
    const [first, ...others] = [...group.waiting].sort((one, other) => one.place.seq - other.place.seq);
    group.waiting.clear();
    if (first === undefined) return;
    group.lastCatchUpAt = options.now();
    const members = new Set([first, ...others]);
    const stream = new SharedStream<Member>(first.place, {
      ...options,
      ...reading,
      onMoved(isEvent) {
        options.onMoved(isEvent);
        for (const follower of members) {
          if (places.get(follower)?.stream !== stream) members.delete(follower);
          else if (group.live.reaches(follower.place)) {
            members.delete(follower);
            stream.leave(follower);
            joinStream(key, group.live, follower);
          }
        }
      },
      onEmpty() {
        group.catchUps.delete(stream);
        closeWhenEmpty(key, group);
      },
    });
    group.catchUps.add(stream);
    for (const follower of members) joinStream(key, stream, follower);
  }

  return {
    join(key, lease, follower, reading) {
      const known = groups.get(key);
      const isFirst = known === undefined || known.live.hasEnded;
      const group = isFirst ? openGroup(key, lease, reading) : known;
      const { live, catchUps } = group;
      for (const each of [live, ...catchUps]) each.retainFrom(lease.first);
      const stream = [live, ...catchUps].find((each) => each.reaches(follower.place));
      const isAtHead = follower.place.seq >= lease.head.seq;
      options.onResumed(isAtHead ? 'head' : stream && !isFirst ? 'ring' : 'history');
      if (stream) joinStream(key, stream, follower);
      else waitForCatchUp(key, group, follower, reading);
    },
    leave(follower) {
      const place = places.get(follower);
      if (!place) return;
      places.delete(follower);
      const group = groups.get(place.key);
      group?.waiting.delete(follower);
      place.stream?.leave(follower);
      if (group) closeWhenEmpty(place.key, group);
    },
    get counts() {
      const streams = [...groups.values()].reduce(
        (count, { live, catchUps }) => count + catchUps.size + (live.size > 0 ? 1 : 0),
        0,
      );
      return { streams, followers: places.size };
    },
    stop() {
      for (const { live, catchUps, timer } of groups.values()) {
        clearTimeout(timer);
        for (const stream of [live, ...catchUps]) stream.end();
      }
    },
  };
}
