import type { Lease, StreamPlace } from '../../../platform/streams.ts';
import type { Patience } from './catch-up-pace.ts';
import type { Follower } from './followers.ts';
import { SharedStream, type SharedStreamOptions } from './shared-stream.ts';

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
  key: string;
  reading: Reading<Member>;
  /** Has ended when nobody follows it any more, and is opened anew with the next who comes to the head. */
  live: SharedStream<Member>;
  /** The newest place of the log that is known. */
  headSeq: number;
  catchUps: Set<SharedStream<Member>>;
  /** Those who wait for the next catch-up. */
  waiting: Set<Member>;
  /** Those whose clients have to take first what waits for them already. */
  behind: Set<Member>;
  timer: NodeJS.Timeout | undefined;
  lastCatchUpAt: number;
}

/** Someone who lacks no more than this begins the live stream there: it is read on from there anyway. */
const nearHead = 256;
/** History of one stream is read for everybody who asks for it within this time together. */
const catchUpPauseMilliseconds = 1_000;

export function createSharedStreams<Member extends Follower>(
  options: Pick<SharedStreamOptions<Member>, 'onMoved' | 'onDelivered' | 'onLatency' | 'backOff' | 'logger' | 'now'> & {
    onResumed(source: ResumeSource): void;
    patience: Patience;
  },
): SharedStreams<Member> {
  const groups = new Map<string, Group<Member>>();
  /** Where each follower is, to take it out. */
  const places = new Map<Member, { group: Group<Member>; stream: SharedStream<Member> | null }>();

  function openGroup(key: string, reading: Reading<Member>, start: StreamPlace): Group<Member> {
    const group: Group<Member> = {
      key,
      reading,
      live: openLive(key, reading, start),
      headSeq: start.seq,
      catchUps: new Set(),
      waiting: new Set(),
      behind: new Set(),
      timer: undefined,
      lastCatchUpAt: 0,
    };
    groups.set(key, group);
    return group;
  }

  function openLive(key: string, reading: Reading<Member>, { seq, cursor }: StreamPlace): SharedStream<Member> {
    const onEmpty = () => {
      const group = groups.get(key);
      if (group?.live !== live) return;
      group.headSeq = Math.max(group.headSeq, live.place.seq);
      closeWhenEmpty(group);
    };
    const live = new SharedStream<Member>({ seq, cursor }, { ...options, ...reading, pace: null, onEmpty });
    return live;
  }

  /** Nothing but new events comes after the head: whoever is there follows them live, also where the others have left meanwhile. */
  function reopenLive(group: Group<Member>, place: StreamPlace): void {
    if (group.live.hasEnded && place.seq >= group.headSeq) group.live = openLive(group.key, group.reading, place);
  }

  function closeWhenEmpty(group: Group<Member>): void {
    if (group.live.size > 0 || group.catchUps.size > 0 || group.waiting.size > 0 || group.behind.size > 0) return;
    clearTimeout(group.timer);
    group.live.end();
    // Somebody who has been out of it for long may leave a group that has been closed, and opened anew by others.
    if (groups.get(group.key) === group) groups.delete(group.key);
  }

  /** What serves somebody from their place on without reading the past once more, and without a wait. */
  function findStream({ live, catchUps }: Group<Member>, follower: Member): SharedStream<Member> | undefined {
    if (live.reaches(follower.place)) return live;
    return [...catchUps].find((each) => each.servesAtOnce(follower));
  }

  function joinStream(group: Group<Member>, stream: SharedStream<Member>, follower: Member): void {
    places.set(follower, { group, stream });
    stream.join(follower);
  }

  function enter(group: Group<Member>, follower: Member): void {
    reopenLive(group, follower.place);
    const stream = findStream(group, follower);
    if (follower.sink.isBehind) waitForClient(group, follower);
    else if (stream) joinStream(group, stream, follower);
    else waitForCatchUp(group, follower);
  }

  /** All that a stream has kept may be handed over at once: there has to be room for it. */
  function waitForClient(group: Group<Member>, follower: Member): void {
    const place = { group, stream: null };
    places.set(follower, place);
    group.behind.add(follower);
    follower.sink.whenTaken(() => {
      if (places.get(follower) !== place) return;
      group.behind.delete(follower);
      enter(group, follower);
    });
  }

  /** Those who lack more than any stream has wait a moment, so that one reading of the past serves them all. */
  function waitForCatchUp(group: Group<Member>, follower: Member): void {
    places.set(follower, { group, stream: null });
    group.waiting.add(follower);
    const wait = Math.max(0, group.lastCatchUpAt + catchUpPauseMilliseconds - options.now());
    group.timer ??= setTimeout(() => startCatchUp(group), wait);
  }

  function startCatchUp(group: Group<Member>): void {
    group.timer = undefined;
    const [first, ...others] = [...group.waiting].sort((one, other) => one.place.seq - other.place.seq);
    group.waiting.clear();
    if (first === undefined) return;
    group.lastCatchUpAt = options.now();
    const stream = new SharedStream<Member>(first.place, {
      ...options,
      ...group.reading,
      pace: {
        patience: options.patience,
        onHoldUp(follower) {
          waitForClient(group, follower);
          stream.leave(follower);
        },
      },
      // What happens while history is read waits for those who are behind it.
      onLatency: () => undefined,
      onMoved(isEvent) {
        options.onMoved(isEvent);
        if (stream.hasEnded) return;
        reopenLive(group, stream.place);
        for (const follower of stream.followers) {
          if (!group.live.reaches(follower.place)) continue;
          // Before it leaves: a group in which nobody is left is closed.
          joinStream(group, group.live, follower);
          stream.leave(follower);
        }
      },
      onEmpty() {
        group.catchUps.delete(stream);
        closeWhenEmpty(group);
      },
    });
    group.catchUps.add(stream);
    for (const follower of [first, ...others]) joinStream(group, stream, follower);
  }

  return {
    join(key, lease, follower, reading) {
      const { head, first } = lease;
      const start = head.seq - follower.place.seq <= nearHead ? follower.place : head;
      const known = groups.get(key);
      const group = known ?? openGroup(key, reading, start);
      const isFirst = group !== known || group.live.hasEnded;
      if (group.live.hasEnded) group.live = openLive(key, reading, start);
      group.headSeq = Math.max(group.headSeq, head.seq);
      for (const each of [group.live, ...group.catchUps]) each.retainFrom(first);
      const stream = findStream(group, follower);
      const isAtHead = follower.place.seq >= head.seq;
      options.onResumed(isAtHead ? 'head' : stream && !isFirst ? 'ring' : 'history');
      enter(group, follower);
    },
    leave(follower) {
      const place = places.get(follower);
      if (!place) return;
      places.delete(follower);
      const { group, stream } = place;
      group.waiting.delete(follower);
      group.behind.delete(follower);
      stream?.leave(follower);
      closeWhenEmpty(group);
    },
    get counts() {
      const streams = [...groups.values()].reduce(
        (count, { live, catchUps }) => count + catchUps.size + (live.size > 0 ? 1 : 0),
        0,
      );
      return { streams, followers: places.size };
    },
    stop() {
      // Nobody is left to be served by what is still waited for.
      places.clear();
      for (const { live, catchUps, timer } of groups.values()) {
        clearTimeout(timer);
        for (const stream of [live, ...catchUps]) stream.end();
      }
    },
  };
}
