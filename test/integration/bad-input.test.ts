import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signViewer } from '../../platform/viewer.ts';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf as codesOfMutation, mutate } from '../mutations.ts';

describe('bad input gets a coded error and changes nothing', () => {
  let stack: TestStack;
  let user: TestClient;
  let roomId: string;

  beforeAll(async () => {
    stack = await startTestStack();
    user = await stack.register();
    roomId = await user.createRoom();
  });

  afterAll(() => stack?.stop());

  async function post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(stack.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  function codeOf({ errors }: Answer): string | undefined {
    return errors?.[0]?.extensions.code;
  }

  it('malformed JSON', async () => {
    const answer = await post('{ "query": ');
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
  });

  it('an empty body, a body without a query, and a body of another type', async () => {
    expect(codeOf(await post(''))).toBe('BAD_REQUEST');
    expect(codeOf(await post('{}'))).toBe('BAD_REQUEST');
    expect(codeOf(await post('[]'))).toBe('BAD_REQUEST');
    expect(codeOf(await post('<query/>', { 'content-type': 'application/xml' }))).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('a body of 10 MB', async () => {
    const answer = await post(JSON.stringify({ query: `{ viewer { id } } # ${'x'.repeat(10_000_000)}` }));
    expect([answer.status, codeOf(answer)]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('something that is not GraphQL, and fields that do not exist', async () => {
    const unparsable = await user.send('{ viewer { ');
    expect([unparsable.status, codeOf(unparsable)]).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    const unknown = await user.send('{ viewer { shoeSize } }');
    expect([unknown.status, codeOf(unknown)]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(unknown.errors?.[0]?.message).toContain('shoeSize');
  });

  it('variables of the wrong type', async () => {
    const answer = await user.send('query ($id: ID!) { room(id: $id) { name } }', { id: { nested: true } });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(codeOf(await user.send('query ($id: ID!) { room(id: $id) { name } }', {}))).toBe('BAD_USER_INPUT');
  });

  it('an address that does not exist', async () => {
    const response = await fetch(new URL('/nothing', stack.url));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('a subscription over HTTP', async () => {
    const answer = await user.send('subscription ($id: ID!) { messageAdded(roomId: $id) { seq } }', { id: roomId });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
  });

  it('a subscription over HTTP with @include on its root field', async () => {
    const query = 'subscription ($id: ID!, $on: Boolean!) { messageAdded(roomId: $id) @include(if: $on) { seq } }';
    const answer = await user.send(query, { id: roomId, on: true });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(answer.errors?.[0]?.message).toContain('@skip or @include');
  });

  it('unknown fields of an input', async () => {
    const mutation = 'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { room { id } } }';
    const answer = await user.send(mutation, { input: { name: 'x', kind: 'PUBLIC', owner: 'me' } });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain('owner');
  });

  it('ids that are none are ids of nothing', async () => {
    for (const id of ['', 'x', "'; DROP TABLE room; --", randomUUID(), '\u0000']) {
      expect((await user.send('query ($id: ID!) { room(id: $id) { name } }', { id })).data).toEqual({ room: null });
      expect((await user.send('query ($id: ID!) { user(id: $id) { username } }', { id })).data).toEqual({ user: null });
      expect((await user.joinRoom(id)).userErrors).toEqual([{ code: 'ROOM_NOT_FOUND' }]);
    }
  });

  describe('messages', () => {
    const cases: [name: string, text: string, code: string][] = [
      ['empty', '', 'MESSAGE_EMPTY'],
      ['only white space', ' \n\t\u00a0\u200b', 'MESSAGE_EMPTY'],
      ['of 8,001 characters', 'x'.repeat(8_001), 'MESSAGE_TOO_LONG'],
      ['of 1 MB', 'x'.repeat(1_000_000), 'MESSAGE_TOO_LONG'],
      ['with a null character', 'a\u0000b', 'MESSAGE_INVALID'],
      ['with an escape character', 'a\u001b[31mb', 'MESSAGE_INVALID'],
      ['of 7,999 combining marks on one letter', `a${'\u0301'.repeat(7_999)}`, 'MESSAGE_INVALID'],
      ['with half a surrogate pair', 'a\ud83db', 'MESSAGE_INVALID'],
    ];

    it.each(cases)('%s', async (_name, text, code) => {
      expect(await user.sendMessage(roomId, text)).toEqual({
        message: null,
        userErrors: [{ code, field: ['text'] }],
      });
    });

    it('leave no trace', async () => {
      const [room] = await stack.databases.query('chat', 'SELECT head_seq, message_count FROM room WHERE id = $1', [
        roomId,
      ]);
      expect(room).toEqual({ head_seq: 1, message_count: 0 });
    });

    it('of exactly 8,000 characters, each of two UTF-16 units, are fine', async () => {
      const { message } = await user.sendMessage(await user.createRoom(), '🎵'.repeat(8_000));
      expect([...message.text]).toHaveLength(8_000);
    });

    it.each(['', 'two words', 'ü', 'x'.repeat(65)])('under the client id "%s"', async (clientMessageId) => {
      const { userErrors } = await user.sendMessage(roomId, 'text', clientMessageId);
      expect(userErrors).toEqual([{ code: 'CLIENT_MESSAGE_ID_INVALID', field: ['clientMessageId'] }]);
    });
  });

  it('10,000 combining marks, wherever people write', async () => {
    const marks = `a${'\u0301'.repeat(10_000)}`;
    const { message } = await user.sendMessage(await user.createRoom(), 'plain');
    const messageId = message.id;
    const answers: [name: string, input: object, code: string][] = [
      ['sendMessage', { roomId, text: marks, clientMessageId: 'marks' }, 'MESSAGE_INVALID'],
      ['editMessage', { messageId, text: marks }, 'MESSAGE_INVALID'],
      ['addReaction', { messageId, emoji: `👍${marks}` }, 'REACTION_INVALID'],
      ['removeReaction', { messageId, emoji: marks }, 'REACTION_INVALID'],
      ['updateRoom', { roomId, topic: marks }, 'TOPIC_INVALID'],
      ['updateRoom', { roomId, name: marks }, 'ROOM_NAME_INVALID'],
      ['saveDraft', { roomId, deviceId: 'phone', text: marks }, 'MESSAGE_INVALID'],
    ];
    for (const [name, input, code] of answers) {
      expect({ name, codes: codesOfMutation(await mutate(user, name, input, '')) }).toEqual({ name, codes: [code] });
    }
    const find = 'query ($words: String) { searchMessages(words: $words, first: 1) { nodes { id } } }';
    expect(codeOf(await user.send(find, { words: marks }))).toBe('BAD_USER_INPUT');
    // As many as any language needs are text like any other.
    const few = `a${'\u0301'.repeat(30)}`;
    const edited = await mutate(user, 'editMessage', { messageId, text: few }, 'message { text }');
    expect(edited).toMatchObject({ message: { text: few }, userErrors: [] });
  });

  it('names of rooms that are empty, long, or more than a line', async () => {
    for (const name of ['', '   ', 'x'.repeat(81), 'two\nlines', '\u200b']) {
      const { room, userErrors } = await user.run(
        'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { room { id } userErrors { code } } }',
        { input: { name, kind: 'PUBLIC' } },
      );
      expect({ room, userErrors }).toEqual({ room: null, userErrors: [{ code: 'ROOM_NAME_INVALID' }] });
    }
  });

  describe('registrations', () => {
    const good = { username: 'somebody', email: 'somebody@example.org', password: 'long enough' };
    const cases: [name: string, change: Partial<typeof good>, code: string, field: string][] = [
      ['a username of two letters', { username: 'ab' }, 'USERNAME_INVALID', 'username'],
      ['a username with a space', { username: 'some body' }, 'USERNAME_INVALID', 'username'],
      ['no e-mail address', { email: 'somebody' }, 'EMAIL_INVALID', 'email'],
      ['an e-mail address that forges a header', { email: 'a@b.org\r\nBcc: c@d.org' }, 'EMAIL_INVALID', 'email'],
      ['a short password', { password: '7 chars' }, 'PASSWORD_INVALID', 'password'],
      ['a password of 129 characters', { password: 'x'.repeat(129) }, 'PASSWORD_INVALID', 'password'],
    ];

    async function register(input: typeof good) {
      return stack.guest.run(
        `mutation ($input: RegisterInput!) { register(input: $input) { session { accessToken } userErrors { code field } } }`,
        { input },
      );
    }

    it.each(cases)('%s', async (_name, change, code, field) => {
      expect(await register({ ...good, ...change })).toEqual({
        session: null,
        userErrors: [{ code, field: [field] }],
      });
    });

    it('names with null characters at the login, which are nobody’s', async () => {
      const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
      for (const name of ['a\u0000', '', ' ', 'x'.repeat(100_000)]) {
        const { userErrors } = await stack.guest.run(login, { input: { login: name, password: 'x' } });
        expect(userErrors).toEqual([{ code: 'CREDENTIALS_INVALID' }]);
      }
    });

    it('a password of 128 characters of two UTF-16 units each is none of it, and signs in', async () => {
      const password = '🎵'.repeat(128);
      const email = 're\u0301ne\u0301@example.org';
      expect(await register({ username: 'rene', email, password })).toMatchObject({ userErrors: [] });
      const login = 'mutation ($input: LoginInput!) { login(input: $input) { user { username } } }';
      // The same address, in the other of Unicode's two forms.
      const input = { login: 'r\u00e9n\u00e9@example.org', password };
      expect(await stack.guest.run(login, { input })).toEqual({ user: { username: 'rene' } });
    });

    it('names that are taken, also when two ask at once', async () => {
      const results = await Promise.all([
        register({ ...good, username: 'Twin', email: 'one@example.org' }),
        register({ ...good, username: 'twin', email: 'two@example.org' }),
      ]);
      expect(results.flatMap(({ userErrors }) => userErrors)).toEqual([
        { code: 'USERNAME_TAKEN', field: ['username'] },
      ]);
      expect(await register({ ...good, username: 'other', email: `${user.username}@EXAMPLE.org` })).toMatchObject({
        userErrors: [{ code: 'EMAIL_TAKEN', field: ['email'] }],
      });
      const rows = await stack.databases.query('auth', "SELECT FROM account WHERE username_normalized = 'twin'");
      expect(rows).toHaveLength(1);
    });
  });

  describe('pages', () => {
    const messages = (args: string) =>
      user.send(`query ($id: ID!) { room(id: $id) { messages(${args}) { nodes { id } } } }`, { id: roomId });

    it.each(['', 'first: 0', 'first: -1', 'first: 100000', 'last: 101', 'first: 1, last: 1'])(
      'with the arguments (%s)',
      async (args) => {
        const answer = await messages(args === '' ? 'after: null' : args);
        expect(codeOf(answer)).toBe('BAD_USER_INPUT');
        expect(answer.data).toEqual({ room: null });
      },
    );

    it('after cursors of nothing, of another list, and of another room', async () => {
      const other = await user.headCursor(await user.createRoom());
      const encode = (text: string) => Buffer.from(text).toString('base64url');
      const forged = [
        `room:${roomId}:`,
        `room:${roomId}:-1`,
        `room:${roomId}:1e3`,
        `room:${roomId}:2147483648`,
        `rooms:${roomId}:1`,
      ].map(encode);
      for (const cursor of ['', 'x', '💥', other, ...forged]) {
        expect(codeOf(await messages(`first: 1, after: "${cursor}"`))).toBe('BAD_USER_INPUT');
      }
    });
  });

  describe('subscriptions', () => {
    const codesOf = (reason: unknown) => (reason as Answer['errors'])?.map(({ extensions }) => extensions.code);

    it('after a cursor of another room, or one that lies in the future', async () => {
      const other = await user.headCursor(await user.createRoom());
      const future = Buffer.from(`room:${roomId}:999`).toString('base64url');
      for (const after of ['x', other, future]) {
        const subscription = user.subscribe(
          'subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) { seq } }',
          { roomId, after },
        );
        expect(codesOf(await subscription.ended)).toEqual(['BAD_USER_INPUT']);
      }
    });

    it('to a room that does not exist', async () => {
      const subscription = user.subscribe(`subscription { roomEvents(roomId: "${randomUUID()}") { seq } }`);
      expect(codesOf(await subscription.ended)).toEqual(['NOT_FOUND']);
    });

    it('with @skip or @include on the root field, also inside a fragment', async () => {
      const documents = [
        'subscription ($id: ID!, $on: Boolean!) { messageAdded(roomId: $id) @include(if: $on) { seq } }',
        'subscription ($id: ID!, $on: Boolean!) { ... @skip(if: $on) { messageAdded(roomId: $id) { seq } } }',
        'subscription ($id: ID!, $on: Boolean!) { ...F } fragment F on Subscription { messageAdded(roomId: $id) @skip(if: $on) { seq } }',
      ];
      for (const document of documents) {
        const ended = await user.subscribe(document, { id: roomId, on: true }).ended;
        expect(codesOf(ended)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
        expect((ended as Answer['errors'])?.[0]?.message).toContain('@skip or @include');
      }
    });

    it('with two root fields, unknown fields, or missing variables', async () => {
      const ended = (document: string, variables = {}) => user.subscribe(document, variables).ended;
      const two = 'subscription { a: notificationAdded { seq } b: notificationAdded { seq } }';
      expect(codesOf(await ended(two))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(codesOf(await ended('subscription { nothing }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      const missing = 'subscription ($id: ID!) { messageAdded(roomId: $id) { seq } }';
      expect(codesOf(await ended(missing))).toEqual(['BAD_USER_INPUT']);
    });
  });

  describe('a viewer header from outside', () => {
    const secret = 'a secret for the viewer header of tests';
    const forged = () =>
      signViewer(
        { userId: user.userId, sessionId: randomUUID(), roles: ['USER'], scopes: [], expiresAtSeconds: 2 ** 31 },
        secret,
      );

    it('is dropped by the router, even one that is signed right', async () => {
      const answer = await stack.guest.send('{ viewer { id } }', {}, { 'x-chorus-viewer': forged() });
      expect(answer.data).toEqual({ viewer: null });
    });

    it('makes its sender anonymous at a subgraph when it is signed wrong or has no signature', async () => {
      const ask = async (header: Record<string, string>) => {
        const response = await fetch(stack.subgraphs.auth.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...header },
          body: JSON.stringify({ query: '{ viewer { id } }' }),
        });
        return ((await response.json()) as Answer).data.viewer;
      };
      expect(await ask({})).toBeNull();
      expect(await ask({ 'x-chorus-viewer': user.userId })).toBeNull();
      expect(await ask({ 'x-chorus-viewer': `${forged().slice(0, -4)}AAAA` })).toBeNull();
      const [header, body] = forged().split('.');
      const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
      expect(header).toBeDefined();
      expect(await ask({ 'x-chorus-viewer': unsigned })).toBeNull();
      expect(await ask({ 'x-chorus-viewer': forged() })).toEqual({ id: user.userId });
    });
  });
});
