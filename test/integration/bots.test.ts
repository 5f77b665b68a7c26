import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, createApiKey, registerAdministrator } from '../administrators.ts';
import { TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { codesOf } from '../mutations.ts';

const join =
  'mutation ($input: JoinRoomInput!) { joinRoom(input: $input) { room { id viewerRole } userErrors { code } } }';

describe('a bot, a service account with an API key,', () => {
  let stack: TestStack;
  let administrator: TestClient;
  let person: TestClient;
  const bots: TestClient[] = [];

  beforeAll(async () => {
    stack = await startTestStack();
    administrator = await registerAdministrator(stack);
    person = await stack.register('person');
  });

  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.disconnect()));
    await stack?.stop();
  });

  async function createBot(username: string, ...keys: string[][]): Promise<TestClient[]> {
    const account = await changeAccount(administrator, 'createServiceAccount', { username });
    const { id } = account as { id: string };
    return Promise.all(
      keys.map(async (scopes) => {
        const { secret, errors } = await createApiKey(administrator, { serviceAccountId: id, scopes });
        expect(errors).toEqual([]);
        const bot = new TestClient(stack.url);
        Object.assign(bot, { accessToken: secret, userId: id, username });
        bots.push(bot);
        return bot;
      }),
    );
  }

  it('joins a public room, sends, follows the room, and is mentioned by its handle', async () => {
    const [bot] = (await createBot('weather_bot', ['chat:read', 'chat:write', 'notifications:read'])) as [TestClient];
    const roomId = await person.createRoom();
    // Its account is made known to chat by an event, as everybody's is.
    await eventually(async () => {
      const { data } = await bot.send(join, { input: { roomId } });
      expect(data.joinRoom).toEqual({ room: { id: roomId, viewerRole: 'MEMBER' }, userErrors: [] });
    });
    const follower = bot.subscribe(
      `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
        __typename seq ... on MessageSent { message { text author { id username } } }
      } }`,
      { roomId, after: await bot.headCursor(roomId) },
    );
    await person.sendMessage(roomId, 'How is the weather, @weather_bot?');
    expect((await bot.sendMessage(roomId, 'Sunny.', 'forecast')).userErrors).toEqual([]);
    expect((await bot.sendMessage(roomId, 'Sunny.', 'forecast')).userErrors).toEqual([]);
    await person.sendMessage(roomId, 'Thank you.');
    const sentBy = ({ userId: id, username }: TestClient, text: string, seq: number) => ({
      __typename: 'MessageSent',
      seq,
      message: { text, author: { id, username } },
    });
    expect(await follower.take(3)).toEqual([
      sentBy(person, 'How is the weather, @weather_bot?', 3),
      sentBy(bot, 'Sunny.', 4),
      sentBy(person, 'Thank you.', 5),
    ]);
    const mentions = '{ viewer { notifications(first: 10) { nodes { kind message { text } } } } }';
    await eventually(async () => {
      expect((await bot.run(mentions)).notifications.nodes).toEqual([
        { kind: 'MENTION', message: { text: 'How is the weather, @weather_bot?' } },
      ]);
    });
  });

  it('is refused what the scopes of its key do not cover', async () => {
    const [full, reader, writer, neither] = (await createBot(
      'narrow_bot',
      ['chat:read', 'chat:write'],
      ['chat:read'],
      ['chat:write'],
      ['account:read'],
    )) as [TestClient, TestClient, TestClient, TestClient];
    const roomId = await person.createRoom();
    await eventually(async () => {
      expect((await full.send(join, { input: { roomId } })).data.joinRoom.room.viewerRole).toBe('MEMBER');
    });
    const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { text } userErrors { code } } }`;
    const input = { roomId, text: 'beep', clientMessageId: 'beep' };
    for (const bot of [reader, neither]) {
      expect((await bot.send(send, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await bot.send(join, { input: { roomId } })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await writer.run(send, { input })).message).toEqual({ text: 'beep' });
    const look = 'query ($id: ID!) { room(id: $id) { messages(last: 1) { nodes { text } } } }';
    for (const bot of [writer, neither]) expect(await bot.run(look, { id: roomId })).toBeNull();
    expect((await reader.run(look, { id: roomId })).messages.nodes).toEqual([{ text: 'beep' }]);
    const follow = 'subscription ($id: ID!) { roomEvents(roomId: $id) { seq } }';
    for (const bot of [writer, neither]) {
      expect(await bot.subscribe(follow, { id: roomId }).ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('is bound by a room as everybody is', async () => {
    const [bot] = (await createBot('bound_bot', ['chat:read', 'chat:write'])) as [TestClient];
    const [open, hidden] = [await person.createRoom(), await person.createRoom('PRIVATE')];
    expect(codesOf(await bot.sendMessage(open, 'not yet'))).toEqual(['NOT_A_MEMBER']);
    expect(codesOf(await bot.sendMessage(hidden, 'never'))).toEqual(['ROOM_NOT_FOUND']);
  });
});
