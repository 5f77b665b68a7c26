import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';

describe('permissions', () => {
  let stack: TestStack;
  let owner: TestClient;
  let stranger: TestClient;
  let publicRoom: string;
  let privateRoom: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, stranger] = await Promise.all([stack.register('owner'), stack.register('stranger')]);
    [publicRoom, privateRoom] = await Promise.all([owner.createRoom('PUBLIC'), owner.createRoom('PRIVATE')]);
    await Promise.all([publicRoom, privateRoom].map((room) => owner.sendMessage(room, 'hello')));
  });

  afterAll(() => stack?.stop());

  const readRoom = async (client: TestClient, id: string) =>
    (await client.send('query ($id: ID!) { room(id: $id) { messages(first: 1) { nodes { text } } } }', { id })).data
      .room;
  const readable = { messages: { nodes: [{ text: 'hello' }] } };

  it('let a member read a private room', async () => {
    expect(await readRoom(owner, privateRoom)).toEqual(readable);
  });

  it('let somebody who is signed in read a public room', async () => {
    expect(await readRoom(stranger, publicRoom)).toEqual(readable);
  });

  it('hide a private room from somebody who is no member', async () => {
    expect(await readRoom(stranger, privateRoom)).toBeNull();
  });

  it('hide every room from somebody who is signed out', async () => {
    expect(await readRoom(stack.guest, publicRoom)).toBeNull();
  });

  it('let somebody join a public room and write there', async () => {
    const joiner = await stack.register('joiner');
    expect((await joiner.joinRoom(publicRoom)).userErrors).toEqual([]);
    expect((await joiner.sendMessage(publicRoom, 'hi')).userErrors).toEqual([]);
  });

  it('treat joining a private room like joining one that does not exist', async () => {
    expect(await stranger.joinRoom(privateRoom)).toEqual({ room: null, userErrors: [{ code: 'ROOM_NOT_FOUND' }] });
  });

  it('keep somebody who is no member from writing', async () => {
    expect((await stranger.sendMessage(publicRoom, 'x')).userErrors).toEqual([
      { code: 'NOT_A_MEMBER', field: ['roomId'] },
    ]);
    expect((await stranger.sendMessage(privateRoom, 'x')).userErrors).toEqual([
      { code: 'ROOM_NOT_FOUND', field: ['roomId'] },
    ]);
  });

  it('keep somebody who is no member from following a private room', async () => {
    const query = 'subscription ($roomId: ID!) { roomEvents(roomId: $roomId) { seq } }';
    const ended = (await stranger.subscribe(query, { roomId: privateRoom }).ended) as Answer['errors'];
    expect(ended?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
  });

  it('keep somebody who is no member from marking a room read', async () => {
    const { userErrors } = await stranger.run(
      'mutation ($input: MarkRoomReadInput!) { markRoomRead(input: $input) { userErrors { code } } }',
      { input: { roomId: publicRoom, seq: 1 } },
    );
    expect(userErrors).toEqual([{ code: 'NOT_A_MEMBER' }]);
  });

  it('show rooms, notifications and the e-mail address of a person to that person', async () => {
    const { email, rooms } = await owner.run('{ viewer { email rooms(first: 5) { nodes { id } } } }');
    expect(email).toBe(`${owner.username}@example.org`);
    expect(rooms.nodes).toHaveLength(2);
  });

  it('hide rooms, notifications and the e-mail address of a person from everybody else', async () => {
    const user = await stranger.run(
      `query ($id: ID!) { user(id: $id) {
        username email rooms(first: 5) { nodes { id } } notifications(first: 5) { nodes { id } }
      } }`,
      { id: owner.userId },
    );
    expect(user).toEqual({ username: owner.username, email: null, rooms: { nodes: [] }, notifications: { nodes: [] } });
  });

  it('let somebody who is signed in look up a person', async () => {
    expect(await stranger.run('query ($id: ID!) { user(id: $id) { displayName } }', { id: owner.userId })).toEqual({
      displayName: owner.username,
    });
  });

  it('keep somebody who is signed out from looking up a person', async () => {
    expect(
      await stack.guest.run('query ($id: ID!) { user(id: $id) { displayName } }', { id: owner.userId }),
    ).toBeNull();
  });

  it('hold for entity references at a subgraph that is asked directly, without a viewer', async () => {
    const { edges } = (
      await owner.run('query ($id: ID!) { room(id: $id) { messages(first: 1) { edges { node { id } } } } }', {
        id: publicRoom,
      })
    ).messages;
    const representations = [
      { __typename: 'Room', id: publicRoom },
      { __typename: 'Message', id: edges[0].node.id },
    ];
    const response = await fetch(stack.subgraphs.chat.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
        variables: { representations },
      }),
    });
    expect(((await response.json()) as Answer).data._entities).toEqual([null, null]);
  });
});
