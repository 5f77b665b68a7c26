import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerAdministrator } from '../administrators.ts';
import { Authenticator } from '../authenticator.ts';
import { post } from '../browser.ts';
import type { Answer, TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import {
  compose,
  edgesOfNumbers,
  edgesOfTime,
  findPlaces,
  hostileTexts,
  type Place,
  poison,
} from '../hostile-input.ts';
import { registerPasskey } from './authenticator/flows.ts';

/** Requests under way at once. */
const concurrency = 16;

const page = 'https://chat.example.org/signed-in';
/** The tests speak through a proxy, so to say: each request says from which address it comes, and none has to wait for others. */
const environment = {
  TRUSTED_PROXIES: '127.0.0.1',
  OAUTH_GITHUB_CLIENT_ID: 'chorus',
  OAUTH_GITHUB_CLIENT_SECRET: 'secret',
  OAUTH_REDIRECT_URIS: page,
};

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ environment });
});

afterAll(() => stack?.stop());

let nextNumber = 0;
const freshNumber = () => nextNumber++;
function freshAddress(): string {
  const number = freshNumber();
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

describe('one hostile value in an operation whose other inputs are valid', () => {
  let places: Place[];

  beforeAll(async () => {
    const schema: GraphQLSchema = buildClientSchema((await stack.guest.send(getIntrospectionQuery())).data);
    places = findPlaces(schema, ['Query', 'Mutation', 'User', 'AccountSecurity', 'Room', 'Message']);
    expect(places.length).toBeGreaterThan(70);
  });

  /** Somebody who may do everything, somebody else to do it to, a third one who signs in, with a second factor, and a room. */
  async function setScene() {
    const [client, target, comer] = await Promise.all([
      registerAdministrator(stack),
      stack.register('target'),
      stack.register('comer'),
    ]);
    const [keys, keysOfComer] = [new Authenticator(), new Authenticator()];
    await Promise.all([registerPasskey(client, keys), registerPasskey(comer, keysOfComer)]);
    const roomId = await client.createRoom();
    await target.joinRoom(roomId);
    const { message } = await client.sendMessage(roomId, 'a message to act on');
    return { client, target, comer, keys, keysOfComer, roomId, messageId: message.id };
  }

  type Scene = Awaited<ReturnType<typeof setScene>>;

  const send = (client: TestClient, query: string, variables: object = {}): Promise<Answer> =>
    client.send(query, variables, { 'x-forwarded-for': freshAddress() });

  /** What has to be begun before an operation can be tried: its challenge, and an authenticator's answer to it. */
  async function begin(
    operation: string,
    { client, comer, keys, keysOfComer }: Scene,
  ): Promise<Record<string, unknown>> {
    const start = async (mutation: string, fields = 'challengeToken options') =>
      (await send(client, `mutation { ${mutation} { ${fields} } }`)).data[mutation];
    if (operation === 'enableTotp') return start('startTotpEnrolment', 'challengeToken');
    if (operation === 'registerPasskey') {
      const { challengeToken, options } = await start('startPasskeyRegistration');
      return { challengeToken, passkey: new Authenticator().create(options) };
    }
    if (operation === 'loginWithPasskey') {
      const { challengeToken, options } = await start('startPasskeyLogin');
      return { challengeToken, passkey: keysOfComer.get(options) };
    }
    if (operation === 'confirmIdentity') {
      const { challengeToken, options } = await start('startPasskeyConfirmation');
      return { challengeToken, passkey: keys.get(options) };
    }
    if (operation !== 'completeLogin') return {};
    const query = `mutation ($input: LoginInput!) {
      login(input: $input) { secondFactor { challengeToken passkeyOptions } }
    }`;
    const input = { login: comer.username, password: passwordOf(comer) };
    const { challengeToken, passkeyOptions } = (await send(client, query, { input })).data.login.secondFactor;
    return { challengeToken, passkey: keysOfComer.get(passkeyOptions) };
  }

  const passwordOf = ({ username }: TestClient) => `the password of ${username}`;

  /** Inputs that can be left out, and have to be there for another one to be looked at. */
  const companions: Record<string, string[]> = {
    'changePassword.input.newPassword': ['currentPassword'],
    'completeLogin.input.challengeToken': ['passkey'],
    ...Object.fromEntries(
      ['roomId', 'authorId', 'since', 'until', 'first', 'after'].map((name) => [`searchMessages.${name}`, ['words']]),
    ),
    'messagesAround.count': ['messageId'],
    'confirmIdentity.input.challengeToken': ['passkey'],
    'confirmIdentity.input.passkey': ['challengeToken'],
  };

  function validValues(
    place: Place,
    { client, target, comer, roomId, messageId }: Scene,
    begun: Record<string, unknown>,
  ) {
    const number = freshNumber();
    const token = 'A'.repeat(43);
    return {
      alsoGiven: companions[place.name] ?? [],
      of: {
        ...{ username: `person_${number}`, email: `person_${number}@example.org`, name: `Name ${number}` },
        ...{ login: comer.username, password: passwordOf(comer) },
        ...{ currentPassword: passwordOf(client), newPassword: `another password ${number}` },
        ...{ code: 'AAAAA-BBBBB-CCCCC', totpCode: '123456', challengeToken: token, refreshToken: token },
        ...{ provider: 'github', redirectUri: page, callbackUrl: `${page}?code=abc&state=def`, binding: token },
        ...{ text: 'Hello', clientMessageId: randomUUID(), reason: 'A reason.', scopes: ['account:read'], seq: 0 },
        ...{ accountId: target.userId, id: place.field.name === 'room' ? roomId : target.userId, roomId },
        ...{ sessionId: randomUUID(), passkeyId: randomUUID(), identityId: randomUUID(), apiKeyId: randomUUID() },
        ...{
          clientInvitationId: randomUUID(),
          clientRequestId: randomUUID(),
          invitationId: randomUUID(),
          userId: target.userId,
          messageId,
          emoji: '👍',
          topic: 'A topic',
          role: 'MODERATOR',
          slowModeSeconds: 0,
          retentionDays: 1,
        },
        ...{ userIds: [target.userId, comer.userId], clientRoomId: randomUUID() },
        ...{ words: 'message', authorId: target.userId, first: 10, count: 10 },
        ...{ clientWebhookId: randomUUID(), webhookId: randomUUID() },
        ...{
          sendAt: new Date(Date.now() + 3_600_000).toISOString(),
          scheduledMessageId: randomUUID(),
          deviceId: 'phone',
        },
        ...{ fromMessageId: messageId, isTyping: true, sendsReadReceipts: true },
        ...{ avatarUrl: `${page}/a.png`, url: `${page}/a.png`, contentType: 'image/png', sizeBytes: 1_000 },
        ...{ reportId: randomUUID(), clientReportId: randomUUID(), comment: 'A comment.', note: 'A note.' },
        ...begun,
      },
    };
  }

  /** Where a field is found. */
  function wrap({ parent }: Place, { roomId }: Scene, declarations: string, selection: string): string {
    const keyword = parent === 'Mutation' ? 'mutation' : 'query';
    const around: Record<string, string> = {
      User: `{ viewer { ${selection} } }`,
      AccountSecurity: `{ viewer { security { ${selection} } } }`,
      Room: `{ room(id: "${roomId}") { ${selection} } }`,
      Message: `{ room(id: "${roomId}") { messages(first: 1) { nodes { ${selection} } } } }`,
    };
    return `${keyword} (${declarations}) ${around[parent] ?? `{ ${selection} }`}`;
  }

  /** Tries a value at a place, as often as the place has room for one, and tells what is wrong with the answers. */
  async function attack(place: Place, value: unknown, scene: Scene): Promise<string[]> {
    const operation = place.field.name;
    const faults: string[] = [];
    let rounds = 1;
    for (let round = 0; round < rounds; round += 1) {
      const begun = await begin(operation, scene);
      const answers = place.kind === 'json' ? poison(begun['passkey'], value) : [value];
      const hostile = answers[round];
      rounds = answers.length;
      const { declarations, selection, variables } = compose(place, hostile, validValues(place, scene, begun));
      const response = await fetch(stack.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${scene.client.accessToken}`,
          'x-forwarded-for': freshAddress(),
        },
        body: JSON.stringify({ query: wrap(place, scene, declarations, selection), variables }),
      });
      const { data, errors = [] } = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
      const codes = errors.map(({ extensions }) => extensions.code);
      const refused = (data?.[operation]?.userErrors ?? []).map(({ code }: { code: string }) => code);
      // Who has to wait is not told what is wrong with their input.
      if (refused.includes('TOO_MANY_ATTEMPTS')) faults.push(`${place.name}: was not looked at`);
      const isOurFault = codes.some((code) => !['BAD_USER_INPUT', 'BAD_REQUEST'].includes(code));
      const isLeaking = response.headers.has('x-injected') || response.headers.getSetCookie().length > 0;
      if (isOurFault || isLeaking) faults.push(`${place.name}: ${response.status} ${codes} ${JSON.stringify(errors)}`);
    }
    return faults;
  }

  async function attackAll(kinds: Place['kind'][], values: readonly unknown[]): Promise<string[]> {
    const scene = await setScene();
    const limit = pLimit(concurrency);
    const targets = places.filter(({ kind }) => kinds.includes(kind));
    const attacks = targets.flatMap((place) => values.map((value) => limit(() => attack(place, value, scene))));
    return (await Promise.all(attacks)).flat();
  }

  it.each(Object.entries(hostileTexts))('is taken as text or refused with a code: %s', async (_what, text) => {
    expect(await attackAll(['text', 'json'], [text])).toEqual([]);
  });

  it('is taken as a time or refused with a code', async () => {
    expect(await attackAll(['time'], edgesOfTime)).toEqual([]);
  });

  it('is taken as a number or refused with a code', async () => {
    expect(await attackAll(['number'], edgesOfNumbers)).toEqual([]);
  });
});

describe('hostile text, of which a line and an address are kept with sessions and events,', () => {
  const long = 'a'.repeat(2_000);
  /** Who is believed to be behind a list. A proxy adds the address of its client at the end; what stands before is that client's. */
  const addresses: Record<string, string | null> = {
    '203.0.113.9': '203.0.113.9',
    '::ffff:203.0.113.9': '203.0.113.9',
    '2001:db8::9': '2001:db8::9',
    'fe80::1%eth0': 'fe80::1',
    'unknown, 203.0.113.9': '203.0.113.9',
    '198.51.100.1, 203.0.113.9': '203.0.113.9',
    '203.0.113.9, nonsense': null,
    '999.999.999.999': null,
    '203.0.113.9:8080': null,
    localhost: null,
  };
  /** What can't stand in a header never leaves a client. */
  const values = [
    ...Object.values(hostileTexts).filter((text) => /^[\t\x20-\x7e]+$/.test(text) && text.length < long.length),
    ...[long, '\u00ff\u0085\u009b31m\u0080', '\u00e9t\u00e9', `$\{jndi:ldap://a.example}`, '"},{"admin":true'],
    ...[',,,', ';', '=', '*', 'null', '0x7f.1', '2130706433', '[2001:db8::1]', ...Object.keys(addresses)],
  ];

  /** Registers or signs somebody in, with the same value in every header; names are free of it. */
  async function signIn(mutation: string, input: string, value: string) {
    const query = `mutation { ${mutation}(input: ${input}) { session { accessToken } user { id } userErrors { code } } }`;
    const headers = {
      'user-agent': value,
      'x-forwarded-for': value,
      origin: value,
      referer: value,
      'x-request-id': value,
    };
    const { status, body, headers: answered } = await post(stack.url, query, { ...headers, traceparent: value });
    expect([value, status, body.errors, body.data?.[mutation].userErrors]).toEqual([value, 200, undefined, []]);
    expect([value, answered['x-injected'], answered['set-cookie']]).toEqual([value, undefined, undefined]);
    return body.data[mutation] as { session: { accessToken: string }; user: { id: string } };
  }

  interface Kept {
    address: string | null;
    device: string | null;
  }

  const cleaned = (value: string) =>
    value
      .replaceAll(/\p{Cc}/gu, '')
      .slice(0, 256)
      .trim() || null;

  it.concurrent.each(values)('does no harm in headers: %s', async (value) => {
    const name = `header_${freshNumber()}`;
    const password = `the password of ${name}`;
    const { user } = await signIn(
      'register',
      `{ username: "${name}", email: "${name}@example.org", password: "${password}" }`,
      value,
    );
    const { session } = await signIn('login', `{ login: "${name}", password: "${password}" }`, value);

    const rows = await stack.databases.query<Kept>(
      'auth',
      `SELECT address, user_agent AS device FROM session WHERE account_id = $1
       UNION ALL SELECT address, user_agent FROM security_event WHERE account_id = $1`,
      [user.id],
    );
    expect(rows.length).toBeGreaterThanOrEqual(4);
    const { data, errors } = await stack.guest.send(
      '{ viewer { security { sessions(first: 50) { nodes { address device } } events(first: 50) { nodes { address device } } } } }',
      {},
      { authorization: `Bearer ${session.accessToken}` },
    );
    expect(errors).toBeUndefined();
    const { sessions, events } = data.viewer.security;
    const shown: Kept[] = [...sessions.nodes, ...events.nodes];
    expect(sessions.nodes).toHaveLength(2);
    for (const { address, device } of [...rows, ...shown]) {
      expect(device).toBe(cleaned(value));
      expect(address === null || isIP(address) > 0).toBe(true);
    }
    if (Object.hasOwn(addresses, value))
      expect(new Set(rows.map(({ address }) => address))).toEqual(new Set([addresses[value]]));
  });
});
