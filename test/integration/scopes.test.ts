import { readFileSync } from 'node:fs';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAccessGate } from '../../router/access.ts';
import { loadSupergraph } from '../../router/supergraph.ts';
import type { SubgraphName } from '../../tools/stack.ts';
import type { Answer, TestClient } from '../client.ts';
import { eventually, startTestStack, type TestStack } from '../harness.ts';
import { askSubgraph, signed, viewerWith } from '../past-the-router.ts';

/** An answer as a matter of record: its data, or the codes of its errors. */
function outcomeOf({ data, errors }: Pick<Answer, 'data' | 'errors'>): unknown {
  return errors ? errors.map(({ extensions }) => extensions.code) : Object.values(data)[0];
}

const createRoom = `mutation { createRoom(input: { name: "Room", kind: PUBLIC }) {
  room { id name messages(first: 5) { nodes { id } } } userErrors { code }
} }`;
const joinRoom = 'mutation ($id: ID!) { joinRoom(input: { roomId: $id }) { room { id } userErrors { code } } }';
const sendMessage = `mutation ($id: ID!) {
  sendMessage(input: { roomId: $id, text: "by a token", clientMessageId: "1" }) {
    message { text room { id } } userErrors { code }
  }
}`;
const markRoomRead =
  'mutation ($id: ID!) { markRoomRead(input: { roomId: $id, seq: 1 }) { room { id } userErrors { code } } }';
/** Changes of a room and of its members: the user errors of each. */
const roomChanges = ['leaveRoom', 'archiveRoom', 'restoreRoom', 'deleteRoom', 'updateRoom'].map(
  (name) => `mutation ($id: ID!) { ${name}(input: { roomId: $id }) { userErrors { code } } }`,
);
const memberChanges = ['transferOwnership', 'kickMember', 'banMember', 'unbanMember', 'muteMember', 'unmuteMember'].map(
  (name) => `mutation ($id: ID!) { ${name}(input: { roomId: $id, userId: "nobody" }) { userErrors { code } } }`,
);
const changeMemberRole = `mutation ($id: ID!) {
  changeMemberRole(input: { roomId: $id, userId: "nobody", role: MEMBER }) { userErrors { code } }
}`;
/** Inputs of what brings people into a room. */
const entries = {
  createInvitation: 'roomId: $id, clientInvitationId: "1"',
  inviteUser: 'roomId: $id, userId: "nobody", clientInvitationId: "1"',
  acceptInvitation: 'invitationId: $id',
  declineInvitation: 'invitationId: $id',
  revokeInvitation: 'invitationId: $id',
  requestToJoin: 'roomId: $id, clientRequestId: "1"',
  withdrawJoinRequest: 'roomId: $id',
  approveJoinRequest: 'roomId: $id, userId: "nobody"',
  declineJoinRequest: 'roomId: $id, userId: "nobody"',
};
const entryChanges = Object.entries(entries).map(
  ([name, input]) => `mutation ($id: ID!) { ${name}(input: { ${input} }) { userErrors { code } } }`,
);
const openGroupRoom =
  'mutation { openGroupRoom(input: { userIds: ["nobody"], clientRoomId: "a" }) { userErrors { code } } }';
const openDirectRoom = `mutation ($id: ID!) {
  openDirectRoom(input: { userId: $id }) { room { id messages(first: 5) { nodes { id } } } userErrors { code } }
}`;
const newerChanges = [
  ...roomChanges,
  ...memberChanges,
  changeMemberRole,
  ...entryChanges,
  openGroupRoom,
  openDirectRoom,
];
const roomEvents = 'subscription ($id: ID!, $after: String) { roomEvents(roomId: $id, after: $after) { seq } }';
const messageAdded = 'subscription ($id: ID!, $after: String) { messageAdded(roomId: $id, after: $after) { seq } }';
const notificationAdded = 'subscription ($after: String) { notificationAdded(after: $after) { seq } }';
const updateProfile =
  'mutation { updateProfile(input: { displayName: "By a token" }) { user { displayName } userErrors { code } } }';

/** Asks each subgraph past the router, as whoever finds a way to it would have to: with a viewer that is signed. */
describe('scopes, as the subgraphs see them', () => {
  let stack: TestStack;
  let owner: TestClient;
  let friend: TestClient;
  let roomId: string;
  let messageId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, friend] = await Promise.all([stack.register('owner'), stack.register('friend')]);
    roomId = await owner.createRoom('PRIVATE');
    messageId = (await owner.sendMessage(roomId, 'hello')).message.id;
  });

  afterAll(() => stack?.stop());

  async function ask(subgraph: SubgraphName, scopes: readonly string[], query: string, variables: object = {}) {
    const viewer = viewerWith(owner.userId, scopes);
    return outcomeOf(await askSubgraph(stack.subgraphs[subgraph], viewer, query, variables));
  }

  const resolve = (subgraph: SubgraphName, scopes: readonly string[], representation: object, selection: string) =>
    ask(subgraph, scopes, `query ($given: [_Any!]!) { _entities(representations: $given) { ${selection} } }`, {
      given: [representation],
    });

  /** The first event of a subscription, or the codes of what ended it. */
  async function follow(subgraph: SubgraphName, scopes: readonly string[], query: string, variables: object = {}) {
    const url = stack.subgraphs[subgraph].url.replace(/^http/, 'ws');
    const socket = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    const extensions = signed(viewerWith(owner.userId, scopes));
    try {
      for await (const event of socket.iterate({ query, variables: { ...variables }, extensions })) {
        return outcomeOf(event as Answer);
      }
      return undefined;
    } catch (errors) {
      return outcomeOf({ data: null, errors: errors as NonNullable<Answer['errors']> });
    } finally {
      await socket.dispose();
    }
  }

  const startOf = (kind: string, id: string) => Buffer.from(`${kind}:${id}:0`).toString('base64url');

  it('let a token with chat:read read rooms, messages and their events', async () => {
    const scopes = ['chat:read'];
    const id = { id: roomId };
    expect(await ask('chat', scopes, 'query ($id: ID!) { room(id: $id) { id } }', id)).toEqual(id);
    expect(await resolve('chat', scopes, { __typename: 'Room', ...id }, '... on Room { id }')).toEqual([id]);
    const message = { __typename: 'Message', id: messageId };
    expect(await resolve('chat', scopes, message, '... on Message { text room { id } }')).toEqual([
      { text: 'hello', room: id },
    ]);
    const user = { __typename: 'User', id: owner.userId };
    expect(await resolve('chat', scopes, user, '... on User { rooms(first: 5) { nodes { id } } }')).toEqual([
      { rooms: { nodes: [id] } },
    ]);
    const after = startOf('room', roomId);
    expect(await follow('chat', scopes, roomEvents, { ...id, after })).toEqual({ seq: 1 });
    expect(await follow('chat', scopes, messageAdded, { ...id, after })).toEqual({ seq: 2 });
    const shared = await friend.createRoom();
    expect(await ask('chat', scopes, '{ publicRooms(first: 5) { nodes { id } } }')).toEqual({
      nodes: [{ id: shared }],
    });
    const bans = 'query ($id: ID!) { room(id: $id) { bans(first: 5) { nodes { bannedAt } } } }';
    await friend.joinRoom(roomId);
    const banMember = `mutation { banMember(input: { roomId: "${roomId}", userId: "${friend.userId}" }) { userErrors { code } } }`;
    await owner.run(banMember);
    expect(await ask('chat', scopes, bans, id)).toEqual({ bans: { nodes: [{ bannedAt: expect.any(String) }] } });
  });

  it('hide rooms and messages from a token without chat:read, and refuse it their events', async () => {
    for (const scopes of [[], ['chat:write', 'profile:write', 'notifications:read']]) {
      const id = { id: roomId };
      expect(await ask('chat', scopes, 'query ($id: ID!) { room(id: $id) { id } }', id)).toBeNull();
      expect(await ask('chat', scopes, '{ publicRooms(first: 5) { nodes { id } } }')).toEqual({ nodes: [] });
      expect(await resolve('chat', scopes, { __typename: 'Room', ...id }, '__typename')).toEqual([null]);
      expect(await resolve('chat', scopes, { __typename: 'Message', id: messageId }, '__typename')).toEqual([null]);
      const user = { __typename: 'User', id: owner.userId };
      expect(await resolve('chat', scopes, user, '... on User { rooms(first: 5) { nodes { id } } }')).toEqual([
        { rooms: { nodes: [] } },
      ]);
      expect(await follow('chat', scopes, roomEvents, id)).toEqual(['FORBIDDEN']);
      expect(await follow('chat', scopes, messageAdded, id)).toEqual(['FORBIDDEN']);
    }
  });

  it('let a token with chat:write write, and show it nothing but what it wrote', async () => {
    const scopes = ['chat:write'];
    const created = await ask('chat', scopes, createRoom);
    expect(created).toEqual({
      room: { id: expect.any(String), name: 'Room', messages: { nodes: [] } },
      userErrors: [],
    });
    const { id } = (created as { room: { id: string } }).room;
    expect(await ask('chat', scopes, sendMessage, { id })).toEqual({
      message: { text: 'by a token', room: null },
      userErrors: [],
    });
    expect(await ask('chat', scopes, joinRoom, { id })).toEqual({ room: null, userErrors: [] });
    expect(await ask('chat', scopes, markRoomRead, { id })).toEqual({ room: null, userErrors: [] });
    expect(await ask('chat', scopes, joinRoom, { id: await friend.createRoom('PRIVATE') })).toEqual({
      room: null,
      userErrors: [{ code: 'ROOM_NOT_FOUND' }],
    });
  });

  it('let a token with chat:write open the room that there is with somebody, and not look into it', async () => {
    const open = (selection: string) =>
      `mutation { openDirectRoom(input: { userId: "${friend.userId}" }) { room { id ${selection} } userErrors { code } } }`;
    const { room } = await owner.run(open(''));
    await owner.sendMessage(room.id, 'hello');
    expect(
      await ask(
        'chat',
        ['chat:write'],
        open('messages(first: 5) { nodes { id } } members(first: 5) { nodes { role } }'),
      ),
    ).toEqual({
      room: { id: room.id, messages: { nodes: [] }, members: { nodes: [] } },
      userErrors: [],
    });
    const create = `mutation { createRoom(input: { name: "Room", kind: PRIVATE, clientRoomId: "a" }) {
      room { id name } userErrors { code }
    } }`;
    const created = await owner.run(create);
    await owner.run(
      `mutation { updateRoom(input: { roomId: "${created.room.id}", name: "Secret" }) { userErrors { code } } }`,
    );
    expect(await ask('chat', ['chat:write'], create)).toEqual({
      room: { id: created.room.id, name: null },
      userErrors: [],
    });
  });

  it('refuse a token without chat:write every change of a room', async () => {
    for (const query of [createRoom, joinRoom, sendMessage, markRoomRead, ...newerChanges]) {
      expect(await ask('chat', ['chat:read', 'profile:write'], query, { id: roomId })).toEqual(['FORBIDDEN']);
    }
  });

  it('show the code of an invitation to nobody whose token may not let people in', async () => {
    const create = `mutation ($id: ID!) { createInvitation(input: { roomId: $id, clientInvitationId: "code" }) {
      invitation { code room { id } preview { name } } userErrors { code } } }`;
    const created = (await ask('chat', ['chat:write'], create, { id: roomId })) as { invitation: { code: string } };
    const code = expect.stringMatching(/^[\w-]{32}$/);
    expect(created).toEqual({ invitation: { code, room: null, preview: null }, userErrors: [] });
    const list = 'query ($id: ID!) { room(id: $id) { invitations(first: 5) { nodes { code useCount } } } }';
    const listed = (shown: unknown) => ({ invitations: { nodes: [{ code: shown, useCount: 0 }] } });
    expect(await ask('chat', ['chat:read'], list, { id: roomId })).toEqual(listed(null));
    expect(await ask('chat', ['chat:read', 'chat:write'], list, { id: roomId })).toEqual(listed(code));
    const preview = 'query ($code: String!) { invitation(code: $code) { name } }';
    const { invitation } = created;
    expect(await ask('chat', ['chat:read'], preview, { code: invitation.code })).toEqual({ name: 'Room' });
    expect(await ask('chat', ['chat:write'], preview, { code: invitation.code })).toBeNull();
  });

  it('let a token with notifications:read read and follow notifications, and no other', async () => {
    const shared = await owner.createRoom();
    await friend.joinRoom(shared);
    await friend.sendMessage(shared, `@${owner.username}`);
    const user = { __typename: 'User', id: owner.userId };
    const selection = '... on User { notifications(first: 5) { nodes { id } } }';
    const list = async (...scopes: string[]) => {
      const [{ notifications }] = (await resolve('notification', scopes, user, selection)) as [Listed];
      return notifications.nodes;
    };
    const [notification] = await eventually(async () => {
      const nodes = await list('notifications:read');
      expect(nodes).toHaveLength(1);
      return nodes;
    });
    const reference = { __typename: 'Notification', ...notification };
    const after = startOf('notifications', owner.userId);
    expect(await resolve('notification', ['notifications:read'], reference, '__typename')).toEqual([
      { __typename: 'Notification' },
    ]);
    expect(await follow('notification', ['notifications:read'], notificationAdded, { after })).toEqual({ seq: 1 });

    expect(await list('chat:read')).toEqual([]);
    expect(await resolve('notification', ['chat:read'], reference, '__typename')).toEqual([null]);
    expect(await follow('notification', ['chat:read'], notificationAdded, { after })).toEqual(['FORBIDDEN']);
  });

  interface Listed {
    notifications: { nodes: { id: string }[] };
  }

  it('let a token with profile:write change the profile, and no other', async () => {
    expect(await ask('user', ['profile:write'], updateProfile)).toEqual({
      user: { displayName: 'By a token' },
      userErrors: [],
    });
    expect(await ask('user', ['chat:write', 'account:write'], updateProfile)).toEqual(['FORBIDDEN']);
  });

  it('are not needed to look people up', async () => {
    const query = 'query ($id: ID!) { user(id: $id) { displayName bio } }';
    expect(await ask('user', [], query, { id: friend.userId })).toEqual({ displayName: friend.username, bio: null });
  });
});

describe('scopes, as the router sees them', () => {
  const supergraphFile = new URL('../../router/supergraph.graphql', import.meta.url);
  const { document: supergraphDocument, supergraph } = loadSupergraph(readFileSync(supergraphFile, 'utf8'), {});
  const gate = createAccessGate(supergraphDocument, supergraph.apiSchema().toGraphQLJSSchema());

  it.each<[string, string]>([
    ['chat:write', createRoom],
    ['chat:write', joinRoom],
    ['chat:write', sendMessage],
    ['chat:write', markRoomRead],
    ...newerChanges.map((query): [string, string] => ['chat:write', query]),
    ['chat:read', roomEvents],
    ['chat:read', messageAdded],
    ['notifications:read', notificationAdded],
    ['profile:write', updateProfile],
  ])('take %s to run %s', (scope, query) => {
    const document = parse(query);
    const enter = (scopes: readonly string[]) =>
      gate(document, getOperationAST(document) as OperationDefinitionNode, viewerWith('somebody', scopes));
    const all = ['account:read', 'account:write', 'profile:write', 'chat:read', 'chat:write', 'notifications:read'];
    expect(() => enter([scope])).not.toThrow();
    expect(() => enter(all.filter((other) => other !== scope))).toThrow(
      expect.objectContaining({ extensions: { code: 'FORBIDDEN' } }),
    );
  });
});
