import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isInterfaceType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSupergraph } from '../../router/supergraph.ts';
import type { TestClient } from '../client.ts';
import { describeEachEngine, eventually, startTestStack, type TestStack } from '../harness.ts';
import { accept, createLink, registerKnown } from '../inviting.ts';
import { mutate } from '../mutations.ts';
import { Random } from './read-state/random.ts';
import { type Follower, followAll, followInPieces, replayUpTo } from './replay/followers.ts';
import { createPlayers, type PlayedRoom } from './replay/players.ts';
import { type EventType, reducers } from './replay/state.ts';
import { readView, viewOf } from './replay/view.ts';

/** With the same seed the same is tried; who comes first is up to the machine. */
const seed = Number(process.env['REPLAY_SEED'] ?? randomInt(1_000_000_000));
const repeatable = `Repeat with REPLAY_SEED=${seed}.`;
const supergraph = readFileSync(new URL('../../router/supergraph.graphql', import.meta.url), 'utf8');

const roomKinds = ['PUBLIC', 'PRIVATE', 'GROUP', 'DIRECT'] as const;
const typesOfLiving = (Object.keys(reducers) as EventType[]).filter((type) => type !== 'RoomDeleted');

interface FollowedRoom extends PlayedRoom {
  live: ReturnType<typeof followAll>;
  inPieces: Follower;
}

/** Every so many operations everybody waits, and all states are compared. */
const operationsBetween = { memory: 200, redis: 120 };
const rounds = { memory: 5, redis: 2 };
/** More of them, if some type of event has not come by chance. */
const roundsLimit = 12;

it('knows every type of event that the schema has', () => {
  const schema = loadSupergraph(supergraph, {}).supergraph.apiSchema().toGraphQLJSSchema();
  const roomEvent = schema.getType('RoomEvent');
  const types = isInterfaceType(roomEvent) ? schema.getPossibleTypes(roomEvent).map(({ name }) => name) : [];
  expect(Object.keys(reducers).toSorted()).toEqual(types.toSorted());
});

describeEachEngine(`a replay of room logs after random operations (REPLAY_SEED=${seed})`, (engine) => {
  let stack: TestStack;
  let players: TestClient[];
  /** Is a member of all rooms all the time, and does nothing. */
  let watcher: TestClient;
  /** The same person, on a device with a bad network. */
  let wanderer: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
    players = [];
    for (let number = 0; number < 6; number += 1) players.push(await registerKnown(stack, `player${number}`));
    watcher = await registerKnown(stack, 'watcher');
    wanderer = await stack.signIn(watcher.username);
  });

  afterAll(() => stack?.stop());

  /** A room with the watcher as a member, and those who follow it from its first event. */
  async function openRoom(roomKind: PlayedRoom['kind'], random: Random): Promise<FollowedRoom> {
    const [owner, ...others] = players as [TestClient, TestClient, TestClient];
    const id = await open(roomKind, owner, others);
    if (roomKind === 'PUBLIC') await watcher.joinRoom(id);
    if (roomKind === 'PRIVATE') {
      const { invitation } = await createLink(owner, id, { maxUses: 1 });
      expect(await accept(watcher, { code: invitation.code })).toEqual([]);
    }
    const [live, inPieces] = [followAll(watcher, id), followInPieces(wanderer, id, random)];
    return { id, kind: roomKind, state: live.state, webhookPaths: new Map(), live, inPieces };
  }

  async function open(roomKind: PlayedRoom['kind'], owner: TestClient, others: readonly TestClient[]): Promise<string> {
    if (roomKind === 'PUBLIC' || roomKind === 'PRIVATE') return owner.createRoom(roomKind);
    const userIds = [...others.slice(0, 2), watcher].map(({ userId }) => userId);
    const { room } =
      roomKind === 'GROUP'
        ? await mutate(owner, 'openGroupRoom', { userIds, clientRoomId: randomUUID() }, 'room { id }')
        : await mutate(owner, 'openDirectRoom', { userId: watcher.userId }, 'room { id }');
    return room.id;
  }

  /** Nobody does anything any more; what was scheduled goes by itself. */
  async function waitForSchedule(): Promise<void> {
    const find = "SELECT FROM scheduled_message WHERE state IN ('WAITING', 'SENDING')";
    await eventually(async () => expect(await stack.databases.query('chat', find)).toEqual([]));
  }

  /** Whoever sees most of a room: in a direct one all see the same. */
  function chiefOf({ state }: PlayedRoom): TestClient {
    return players.find(({ userId }) => state.members.get(userId)?.role === 'OWNER') ?? watcher;
  }

  /** Whoever has read the log knows what a fresh query shows: since its beginning, in pieces, or only now. */
  async function compare(room: FollowedRoom): Promise<void> {
    const { headSeq } = await watcher.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: room.id });
    await Promise.all([room.live.reach(headSeq), room.inPieces.reach(headSeq)]);
    const chief = chiefOf(room);
    const [shown, shownToMember] = await Promise.all([readView(chief, room.id), readView(watcher, room.id)]);
    const replayed = await replayUpTo(chief, room.id, headSeq);
    for (const state of [room.live.state, room.inPieces.state, replayed]) {
      expect(viewOf(state, chief.userId), repeatable).toEqual(shown);
      expect(viewOf(state, watcher.userId), repeatable).toEqual(shownToMember);
    }
    expect(replayed, repeatable).toEqual(room.live.state);
    expect(room.inPieces.state, repeatable).toEqual(room.live.state);
  }

  it('reaches the state that a fresh query shows, whenever it reads the log', async () => {
    const random = new Random(seed);
    const rooms: FollowedRoom[] = [];
    for (const roomKind of roomKinds) rooms.push(await openRoom(roomKind, random));
    const { play } = createPlayers(players, rooms, seed);
    const missing = () => typesOfLiving.filter((type) => !rooms.some(({ state }) => state.types.has(type)));
    for (let round = 0; round < rounds[engine.kind] || (missing().length > 0 && round < roundsLimit); round += 1) {
      await play(operationsBetween[engine.kind], round < rounds[engine.kind] ? [] : missing());
      await waitForSchedule();
      for (const room of rooms) await compare(room);
    }
    expect(missing(), repeatable).toEqual([]);
    // Who owns one of the rooms, and who has opened all of them.
    const leaving = new Set([chiefOf(rooms[0] as FollowedRoom), players[0] as TestClient]);
    for (const account of leaving) await removeAccount(account, rooms);
    for (const room of rooms.filter((each) => each.kind !== 'DIRECT')) await endRoom(room);
  });

  /** An account that is deleted leaves its rooms, and what it owned to somebody else: that is in the logs as well. */
  async function removeAccount(account: TestClient, rooms: readonly FollowedRoom[]): Promise<void> {
    const { deletedUserId } = await account.run('mutation { deleteAccount { deletedUserId } }');
    expect(deletedUserId).toBe(account.userId);
    // One transaction takes it out of all rooms: what is read after it changes no more.
    const isGone = 'SELECT FROM account_handle WHERE user_id = $1 AND deleted_at IS NOT NULL';
    await eventually(async () => expect(await stack.databases.query('chat', isGone, [account.userId])).toHaveLength(1));
    for (const room of rooms) {
      await compare(room);
      const named = [...room.state.members.keys(), ...room.state.bans.keys()];
      expect(named, repeatable).not.toContain(account.userId);
      const owners = [...room.state.members.values()].filter(({ role }) => role === 'OWNER');
      expect(owners.length, repeatable).toBe(room.kind === 'DIRECT' ? 0 : 1);
    }
  }

  /** The deletion is the last event that anybody gets, and nothing follows it. */
  async function endRoom(room: FollowedRoom): Promise<void> {
    const { id, live, inPieces } = room;
    const { seq } = room.state;
    const { userErrors } = await mutate(chiefOf(room), 'deleteRoom', { roomId: id }, '');
    expect(userErrors, repeatable).toEqual([]);
    await Promise.all([live.reach(seq + 1), inPieces.reach(seq + 1)]);
    expect(await live.subscription.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(
      [live, inPieces].map(({ state }) => state.isDeleted),
      repeatable,
    ).toEqual([true, true]);
    expect(live.subscription.events.map((event) => event.seq)).toEqual(
      Array.from({ length: seq + 1 }, (_, index) => index + 1),
    );
  }
});
