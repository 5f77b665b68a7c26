import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Service } from '../../tools/stack.ts';
import type { TestClient } from '../client.ts';
import type { FollowedLog } from '../follower.ts';
import { eventually, fastPolls, startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';
import { startAnotherRouter } from '../routers.ts';
import { type Cut, planCuts } from './random-cuts/plan.ts';
import { type FlowingRoom, headOf, isFull, openFlowingRoom, placeOf, readHead, Signal } from './random-cuts/rooms.ts';
import { Subscriber } from './random-cuts/subscriber.ts';
import { Random } from './read-state/random.ts';

/** With the same seed the same is tried; who comes first is up to the machine. */
const seed = Number(process.env['CUTS_SEED'] ?? randomInt(1_000_000_000));
const repeatable = `Repeat with CUTS_SEED=${seed}.`;

const subscriberCount = 50;
const cutsEach = 20;
const eventsBetweenCuts = 4;
/** The first room has more than any memory on the way keeps; the second forgets what is older than a day. */
const messagesOfRooms = [320, 120, 60, 60, 60, 60];
const agedMessages = 40;
/** Most of those who are there are no further behind than this: else all events would come from history. */
const longestLag = 20;

/** Two that are shared by all who select the same, and one that is run for each viewer, which costs most. */
const fields = {
  'messageAdded(roomId: $roomId, after: $after) { seq cursor message { text author { username } } }': 8,
  'roomEvents(roomId: $roomId, after: $after) { seq cursor ... on MessageSent { message { text } } }': 8,
  'messageAdded(roomId: $roomId, after: $after) { seq cursor message { text room { viewerRole } } }': 1,
};

describeWithRedis(`subscribers that are cut at random (CUTS_SEED=${seed})`, () => {
  const random = new Random(seed);
  let redis: TestRedis;
  let stack: TestStack;
  let people: TestClient[];
  let rooms: FlowingRoom[];
  let subscribers: Subscriber[];
  /** Behind one address there would be a balancer. A router that restarts is one that is waited for. */
  let routers: Promise<Service>[];
  const disturbances: Promise<unknown>[] = [];
  /** Something was sent, somebody has come further or gone away, or retention has removed something. */
  const moved = new Signal();
  let hasForgotten = false;
  let cutsDone = 0;
  let restarted = 0;
  let flushed = 0;

  beforeAll(async () => {
    redis = await startTestRedis();
    stack = await startTestStack({ redis, environment: { ...fastPolls, RETENTION_INTERVAL_SECONDS: '1' } });
    people = await Promise.all(Array.from({ length: 5 }, (_, number) => stack.register(`person${number}`)));
    routers = [0, 1].map(() => startAnotherRouter(stack));
    rooms = [];
    for (const messages of messagesOfRooms) rooms.push(await openFlowingRoom(writer(), messages));
    const forgetful = forgetfulRoom();
    await mutate(writer(), 'updateRoom', { roomId: forgetful.id, settings: { retentionDays: 1 } }, '');
    forgetful.start = await readHead(writer(), forgetful.id);
    subscribers = Array.from({ length: subscriberCount }, (_, number) => createSubscriber(number));
  });

  afterAll(async () => {
    await Promise.all((await Promise.all(routers ?? [])).map((router) => router.stop()));
    await stack?.stop();
    await redis?.stop();
  });

  const writer = () => people[0] as TestClient;
  const forgetfulRoom = () => rooms[1] as FlowingRoom;
  const roomOf = ({ roomId }: FollowedLog) => rooms.find(({ id }) => id === roomId) as FlowingRoom;

  function createSubscriber(number: number): Subscriber {
    const first = rooms[number % rooms.length] as FlowingRoom;
    const second = random.pick(rooms.filter((room) => room !== first));
    const followed = number % 3 === 0 ? [first, second] : [first];
    const logs = followed.map(({ id, start }) => ({
      query: `subscription ($roomId: ID!, $after: String) { ${random.weighed(fields)} }`,
      roomId: id,
      after: start.cursor,
      events: [],
    }));
    const cuts = planCuts(random, cutsEach, eventsBetweenCuts);
    // Somebody has to miss what retention removes, whatever the seed.
    const isAbsent = first === forgetfulRoom() && number < 2 * rooms.length;
    if (isAbsent) cuts[0] = { how: 'terminate', afterEvents: 3, away: 'days' } satisfies Cut;
    return new Subscriber({
      accessToken: (people[number % people.length] as TestClient).accessToken as string,
      logs,
      cuts,
      random: new Random(random.below(1_000_000_000)),
      findRouter: async (own) => (await (own.pick(routers) as Promise<Service>)).url,
      reload: ({ roomId }) => readHead(writer(), roomId),
      stayAway,
      hasAll: (followed) => followed.every((log) => isFull(roomOf(log)) && placeOf(log) === headOf(roomOf(log))),
      onCut,
      onMoved: () => moved.wake(),
    });
  }

  async function stayAway(log: FollowedLog, away: Cut['away']): Promise<void> {
    const room = roomOf(log);
    const back = away === 'days' ? 0 : headOf(room) + away;
    await moved.until(() => (away === 'days' ? hasForgotten : isFull(room) || headOf(room) >= back));
  }

  /** Now and then a router restarts, and Redis forgets everything. */
  function onCut(): void {
    cutsDone += 1;
    if (cutsDone % 300 === 50) disturbances.push(restartRouter());
    if (cutsDone % 250 === 175) disturbances.push(forgetEverything());
  }

  async function restartRouter(): Promise<void> {
    const index = restarted % routers.length;
    restarted += 1;
    const old = routers[index] as Promise<Service>;
    const restart = async () => {
      await (await old).stop();
      return startAnotherRouter(stack);
    };
    routers[index] = restart();
    await routers[index];
  }

  async function forgetEverything(): Promise<void> {
    await redis.flush();
    flushed += 1;
  }

  async function fill(room: FlowingRoom): Promise<void> {
    while (!isFull(room)) {
      const text = `${room.texts.length} of ${room.id}`;
      const { message } = await writer().sendMessage(room.id, text);
      room.texts.push(text);
      expect(message.seq, repeatable).toBe(headOf(room));
      moved.wake();
      if (isFull(room)) for (const subscriber of subscribers) subscriber.moved();
      if (room === forgetfulRoom() && room.texts.length === agedMessages + longestLag) await forgetOldest(room);
      await moved.until(() => isFollowed(room));
    }
  }

  /** Whether most of those who are there have come along. */
  function isFollowed(room: FlowingRoom): boolean {
    const behind = subscribers.filter((subscriber) => !isAlong(subscriber, room));
    const following = subscribers.filter(({ logs }) => logs.some(({ roomId }) => roomId === room.id));
    return 2 * behind.length < following.length;
  }

  function isAlong({ logs, isAway }: Subscriber, room: FlowingRoom): boolean {
    return isAway || logs.every((log) => log.roomId !== room.id || placeOf(log) >= headOf(room) - longestLag);
  }

  /** Days pass for the oldest messages, and retention removes them. */
  async function forgetOldest({ id, start }: FlowingRoom): Promise<void> {
    const sql = (table: string, column: string) =>
      `UPDATE ${table} SET ${column} = ${column} - interval '10 days' WHERE room_id = $1 AND seq <= $2`;
    for (const [table, column] of [
      ['message', 'created_at'],
      ['room_event', 'occurred_at'],
    ] as const) {
      await stack.databases.query('chat', sql(table, column), [id, start.seq + agedMessages]);
    }
    await eventually(async () => expect(await readFirstSeq(id)).toBe(start.seq + agedMessages + 1));
    hasForgotten = true;
    moved.wake();
  }

  async function readFirstSeq(roomId: string): Promise<number> {
    const [row] = await stack.databases.query<{ seq: number }>(
      'chat',
      'SELECT first_seq AS seq FROM room WHERE id = $1',
      [roomId],
    );
    return row?.seq ?? 0;
  }

  /** Every event, in order, each once; but for what the subscriber was told that it has missed. */
  function expectWhole({ logs, notices }: Subscriber): void {
    for (const log of logs) {
      const room = roomOf(log);
      const gaps = notices.filter((notice) => notice.log === log);
      const expected = room.texts
        .map((text, index) => ({ seq: room.start.seq + 1 + index, text }))
        .filter(({ seq }) => !gaps.some(({ afterSeq, goesOnAfterSeq }) => seq > afterSeq && seq <= goesOnAfterSeq));
      expect(
        log.events.map(({ seq, message }) => ({ seq, text: message?.text })),
        repeatable,
      ).toEqual(expected);
      const told = gaps.map(({ afterSeq }) => afterSeq);
      // Only what retention has taken may be missing, and nobody is told so twice.
      expect(told.length, repeatable).toBeLessThanOrEqual(room === forgetfulRoom() ? 1 : 0);
      for (const seq of told) expect(seq, repeatable).toBeLessThan(room.start.seq + agedMessages);
    }
  }

  it('have every event once and in order in the end, or were told what is gone', async () => {
    await Promise.all([...rooms.map(fill), ...subscribers.map((subscriber) => subscriber.live())]);
    await Promise.all(disturbances);
    expect(cutsDone).toBe(subscriberCount * cutsEach);
    expect(restarted).toBe(4);
    expect(flushed).toBe(4);
    for (const subscriber of subscribers) expectWhole(subscriber);
    expect(subscribers.flatMap(({ notices }) => notices).length, repeatable).toBeGreaterThan(0);
  }, 180_000);
});
