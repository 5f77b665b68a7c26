import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/identifiers.ts';
import type { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { accept, createLink } from '../inviting.ts';
import { mutate } from '../mutations.ts';
import { RawSocket, type SocketMessage } from '../raw-socket.ts';
import { readMetric } from '../routers.ts';
import { recordStatements } from '../statement-recorder.ts';

const messageAdded = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq }
}`;
/** Subscriptions of each person to each room. */
const repetitions = 40;

describe('people who subscribe at the same moment', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let visitor: TestClient;
  let banned: TestClient;
  let recorder: ReturnType<typeof recordStatements>;
  let rooms: Record<'open' | 'closed' | 'missing' | 'misspelt', string>;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member, visitor, banned] = await Promise.all([
      stack.register('owner'),
      stack.register('member'),
      stack.register('visitor'),
      stack.register('banned'),
    ]);
    const [open, closed] = await Promise.all([owner.createRoom('PUBLIC'), owner.createRoom('PRIVATE')]);
    const { invitation } = await createLink(owner, closed, {});
    expect(await accept(member, { code: invitation.code })).toEqual([]);
    await mutate(owner, 'banMember', { roomId: open, userId: banned.userId }, 'room { id }');
    rooms = { open, closed, missing: newId(), misspelt: open.toUpperCase() };
    recorder = recordStatements();
  });

  afterAll(async () => {
    recorder?.stop();
    await stack?.stop();
  });

  const idOf = (room: string, number: number) => `${room} ${number}`;

  /** Asks for all rooms, many times, with one write. */
  function ask(socket: RawSocket, after: Readonly<Record<string, string>>): void {
    const messages = Object.entries(rooms).flatMap(([room, roomId]) =>
      Array.from({ length: repetitions }, (_, number) => ({
        id: idOf(room, number),
        type: 'subscribe',
        payload: { query: messageAdded, variables: { roomId, after: after[room] ?? null } },
      })),
    );
    socket.sendTogether(messages);
  }

  /** The next messages of one type, by room; others are passed over. Each operation says one of them. */
  async function receive(socket: RawSocket, type: string, count: number): Promise<Map<string, SocketMessage[]>> {
    const messages: SocketMessage[] = [];
    while (messages.length < count) {
      const message = await socket.receive();
      if (message['type'] === type) messages.push(message);
    }
    expect(new Set(messages.map(({ id }) => id)).size).toBe(count);
    return Map.groupBy(messages, ({ id }) => String(id).split(' ')[0] as string);
  }

  it('get each what they may have, and their access is looked at together', async () => {
    const followed = new Map<TestClient, string[]>([
      [owner, ['open', 'closed']],
      [member, ['open', 'closed']],
      [visitor, ['open']],
      [banned, []],
    ]);
    const leases = [...followed.values()].flat().length * repetitions;
    const after = { open: await owner.headCursor(rooms.open), closed: await owner.headCursor(rooms.closed) };
    const people = await Promise.all(
      [...followed].map(async ([{ accessToken }, names]) => ({
        socket: await RawSocket.signIn(stack.url, accessToken),
        names,
        refused: Object.keys(rooms).filter((name) => !names.includes(name)),
      })),
    );
    const statements = await recorder.during(async () => {
      for (const { socket } of people) ask(socket, after);
      for (const { socket, refused } of people) {
        const answers = await receive(socket, 'next', refused.length * repetitions);
        expect([...answers.keys()].sort()).toEqual([...refused].sort());
        const errors = [{ extensions: { code: 'NOT_FOUND' } }];
        for (const answer of [...answers.values()].flat()) expect(answer).toMatchObject({ payload: { errors } });
      }
      await eventually(async () => expect(await readMetric(stack.url, 'chorus_shared_subscriptions')).toBe(leases));
    });
    const looks = statements.filter(({ text }) => text.includes('AS asked(room_id, user_id, place)'));
    expect(looks.length).toBeGreaterThan(0);
    // One for each would be several hundred.
    expect(looks.length).toBeLessThan(leases / 4);

    const sent = new Map<string, number>();
    for (const room of ['open', 'closed'] as const) {
      const { message } = await owner.sendMessage(rooms[room], 'for all who may read it');
      sent.set(room, message.seq);
    }
    for (const { socket, names } of people) {
      const events = await receive(socket, 'next', names.length * repetitions);
      expect([...events.keys()].sort()).toEqual([...names].sort());
      for (const [room, messages] of events) {
        const data = { messageAdded: { seq: sent.get(room) } };
        for (const message of messages) expect(message).toMatchObject({ payload: { data } });
      }
      expect((await socket.receiveUpToPong()).filter(({ type }) => type !== 'complete')).toEqual([]);
      socket.terminate();
    }
  });
});
