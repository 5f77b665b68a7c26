import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Answer, TestClient } from '../client.ts';
import {
  createDatabases,
  describeEachEngine,
  eventually,
  startTestStack,
  type TestDatabases,
  type TestStack,
} from '../harness.ts';
import type { TestRedis } from '../redis.ts';

describeEachEngine('sessions', ({ startRedis }) => {
  let databases: TestDatabases;
  let redis: TestRedis | undefined;
  let stack: TestStack;

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startRedis()]);
    stack = await startTestStack({ databases, redis });
  });

  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
    await databases?.drop();
  });

  const refresh = (refreshToken: string | null) =>
    stack.guest.run(
      `mutation ($input: RefreshSessionInput!) {
        refreshSession(input: $input) { session { accessToken refreshToken } user { id } userErrors { code } }
      }`,
      { input: { refreshToken } },
    );

  const asViewer = (token: string): Promise<Answer> =>
    stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${token}` });

  it('go on with a new pair of tokens when they are refreshed', async () => {
    const user = await stack.register();
    const { session, user: refreshed } = await refresh(user.refreshToken);
    expect(refreshed).toEqual({ id: user.userId });
    expect(session.refreshToken).not.toBe(user.refreshToken);
    expect((await asViewer(session.accessToken)).data.viewer.id).toBe(user.userId);
    const again = await refresh(session.refreshToken);
    expect(again.userErrors).toEqual([]);
  });

  it('end when a refresh token comes a second time, for whoever holds the newer one as well', async () => {
    const user = await stack.register();
    const { session } = await refresh(user.refreshToken);
    const invalid = { session: null, user: null, userErrors: [{ code: 'REFRESH_TOKEN_INVALID' }] };
    expect(await refresh(user.refreshToken)).toEqual(invalid);
    expect(await refresh(session.refreshToken)).toEqual(invalid);
    await eventually(async () => expect((await asViewer(session.accessToken)).status).toBe(401));
  });

  it('are not begun by a refresh token that nobody issued', async () => {
    expect((await refresh('nonsense')).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
  });

  it('end with logout: requests, refreshes and open subscriptions alike', async () => {
    const user = await stack.register();
    const other = await stack.register();
    const subscriptions = [user, other].map((person) => person.subscribe('subscription { notificationAdded { seq } }'));
    await user.run('{ viewer { id } }');
    // A query over the same socket comes back after the socket has been signed in.
    await user.subscribe('{ viewer { id } }').next();
    const { user: loggedOut } = await user.run('mutation { logout { user { id } } }');
    expect(loggedOut).toEqual({ id: user.userId });
    expect(await subscriptions[0]?.ended).toMatchObject({ code: 4403, reason: 'The session has ended' });
    await eventually(async () => expect((await asViewer(user.accessToken as string)).status).toBe(401));
    expect((await refresh(user.refreshToken)).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
    expect((await asViewer(other.accessToken as string)).status).toBe(200);
    subscriptions[1]?.stop();
  });

  it('are not fooled by forged tokens', async () => {
    const user = await stack.register();
    const token = user.accessToken as string;
    const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
    const claims = payload as jwt.JwtPayload;
    const keyid = header.kid as string;
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keySet = await fetch(new URL('/.well-known/jwks.json', stack.subgraphs.auth.url));
    const publicKey = JSON.stringify(((await keySet.json()) as { keys: unknown[] }).keys[0]);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forgeries = {
      'signed by a stranger': jwt.sign(claims, stranger.privateKey, { algorithm: 'ES256', keyid }),
      'signed by a stranger, under an unknown key': jwt.sign(claims, stranger.privateKey, {
        algorithm: 'ES256',
        keyid: 'x',
      }),
      'signed with the public key as a secret': jwt.sign(claims, publicKey, { algorithm: 'HS256', keyid }),
      unsigned: `${encode({ alg: 'none', typ: 'JWT', kid: keyid })}.${token.split('.')[1]}.`,
      'with other claims': `${token.split('.')[0]}.${encode({ ...claims, roles: ['ADMIN'] })}.${token.split('.')[2]}`,
      'cut short': token.slice(0, -10),
      nonsense: 'nonsense',
      'with a payload that is not JSON': `${encode({ alg: 'ES256', typ: 'JWT', kid: 'x' })}.bm90IGpzb24.AAAA`,
    };
    for (const [name, forgery] of Object.entries(forgeries)) {
      const answer = await asViewer(forgery);
      expect([name, answer.status, answer.errors?.[0]?.extensions.code]).toEqual([name, 401, 'UNAUTHENTICATED']);
    }
    expect((await asViewer(token)).data.viewer.id).toBe(user.userId);
  });

  it('stay known to a subscription for longer than the header that proved them', async () => {
    const user = await stack.register();
    const roomId = await user.createRoom('PRIVATE');
    const subscription = user.subscribe(
      'subscription ($id: ID!, $after: String) { messageAdded(roomId: $id, after: $after) { message { room { name } } } }',
      { id: roomId, after: await user.headCursor(roomId) },
    );
    await user.sendMessage(roomId, 'at once');
    expect(await subscription.next()).toEqual({ message: { room: { name: 'Room' } } });
    // The header is good for a minute, the access token for fifteen.
    vi.setSystemTime(Date.now() + 120_000);
    try {
      await user.sendMessage(roomId, 'two minutes later');
      expect(await subscription.next()).toEqual({ message: { room: { name: 'Room' } } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('gate what is for signed-in people alone', async () => {
    const answer = await stack.guest.send(
      'mutation { createRoom(input: { name: "x", kind: PUBLIC }) { room { id } } }',
    );
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describeEachEngine('access tokens that end', ({ startRedis }) => {
  let databases: TestDatabases;
  let redis: TestRedis | undefined;
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startRedis()]);
    stack = await startTestStack({ databases, redis, environment: { ACCESS_TOKEN_TTL_SECONDS: '2' } });
    user = await stack.register();
  });

  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
    await databases?.drop();
  });

  it('close their WebSocket with a clear reason, and are refused from then on', async () => {
    const subscription = user.subscribe('subscription { notificationAdded { seq } }');
    expect(await subscription.ended).toMatchObject({ code: 4403, reason: 'The access token has expired' });
    const answer = await user.send('{ viewer { id } }');
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});
