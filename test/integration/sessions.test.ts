import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Answer, TestClient } from '../client.ts';
import { describeEachEngine, eventually, startTestStack, type TestStack } from '../harness.ts';
import { atLater } from '../mutations.ts';

describeEachEngine('sessions', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine });
  });

  afterAll(() => stack?.stop());

  const refresh = (refreshToken: string | null) =>
    stack.guest.run(
      `mutation ($input: RefreshSessionInput!) {
        refreshSession(input: $input) { session { accessToken refreshToken } user { id } userErrors { code } }
      }`,
      { input: { refreshToken } },
    );

  const listSessions = async (of: TestClient, asSeenBy = of) =>
    (
      await asSeenBy.run(
        `query ($id: ID!) { user(id: $id) { security { sessions(first: 10) {
          nodes { id device address methods lastUsedAt isCurrent }
        } } } }`,
        { id: of.userId },
      )
    ).security?.sessions.nodes ?? null;

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

  const invalid = { session: null, user: null, userErrors: [{ code: 'REFRESH_TOKEN_INVALID' }] };

  it('end when a refresh token comes a second time, for whoever holds the newer one as well', async () => {
    const user = await stack.register();
    const { session } = await refresh(user.refreshToken);
    await atLater(11_000, async () => {
      expect(await refresh(user.refreshToken)).toEqual(invalid);
      expect(await refresh(session.refreshToken)).toEqual(invalid);
      await eventually(async () => expect((await asViewer(session.accessToken)).status).toBe(401));
    });
  });

  it('go on when a client that lost the answer asks again within seconds', async () => {
    const user = await stack.register();
    await refresh(user.refreshToken);
    const { session, userErrors } = await refresh(user.refreshToken);
    expect(userErrors).toEqual([]);
    expect((await refresh(session.refreshToken)).userErrors).toEqual([]);
  });

  it('survive two refreshes at once from one client, whichever answer it keeps', async () => {
    const user = await stack.register();
    const answers = await Promise.all([refresh(user.refreshToken), refresh(user.refreshToken)]);
    expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    for (const { session } of answers) expect((await asViewer(session.accessToken)).status).toBe(200);
    const [, { session }] = answers;
    await atLater(60_000, async () => expect((await refresh(session.refreshToken)).userErrors).toEqual([]));
  });

  it('end when two hands go on with the two answers of a repeated exchange', async () => {
    const user = await stack.register();
    const [owner, thief] = await Promise.all([refresh(user.refreshToken), refresh(user.refreshToken)]);
    await atLater(60_000, async () => {
      expect((await refresh(thief.session.refreshToken)).userErrors).toEqual([]);
    });
    await atLater(120_000, async () => {
      expect(await refresh(owner.session.refreshToken)).toEqual(invalid);
    });
  });

  it('do not multiply: one exchange is repeated ten times at most', async () => {
    const user = await stack.register();
    const { session } = await refresh(user.refreshToken);
    for (let repeat = 1; repeat < 10; repeat += 1) {
      expect((await refresh(user.refreshToken)).userErrors).toEqual([]);
    }
    expect(await refresh(user.refreshToken)).toEqual(invalid);
    // Somebody who is only impatient is no thief.
    expect((await refresh(session.refreshToken)).userErrors).toEqual([]);
  });

  it('end for good when their absolute lifetime is over, however often they were refreshed', async () => {
    const user = await stack.register();
    const day = 86_400_000;
    let { refreshToken } = user;
    for (const days of [6, 12, 18, 24, 29]) {
      await atLater(days * day, async () => {
        const { session, userErrors } = await refresh(refreshToken);
        expect(userErrors).toEqual([]);
        refreshToken = session.refreshToken;
      });
    }
    await atLater(30 * day + 1_000, async () => expect(await refresh(refreshToken)).toEqual(invalid));
  });

  it('end when nobody refreshes them for a week', async () => {
    const user = await stack.register();
    await atLater(7 * 86_400_000 + 1_000, async () => expect(await refresh(user.refreshToken)).toEqual(invalid));
  });

  it('are listed for their owner, with device, address and last use', async () => {
    const user = await stack.register();
    await stack.signIn(user.username);
    const sessions = await listSessions(user);
    expect(sessions).toHaveLength(2);
    expect(sessions.map((each: { isCurrent: boolean }) => each.isCurrent)).toEqual([false, true]);
    expect(sessions[0]).toMatchObject({ methods: ['password'], address: '127.0.0.1', device: 'node' });
    expect(await listSessions(user, await stack.register())).toBeNull();
  });

  it('are ended one by one by their owner, and by nobody else', async () => {
    const user = await stack.register();
    const second = await stack.signIn(user.username);
    const [newest] = await listSessions(user);
    const revoke = (client: TestClient, sessionId: string) =>
      client.run(
        'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code } } }',
        { input: { sessionId } },
      );
    const notFound = { revokedSessionId: null, userErrors: [{ code: 'SESSION_NOT_FOUND' }] };
    expect(await revoke(await stack.register(), newest.id)).toEqual(notFound);
    expect(await revoke(user, 'nonsense')).toEqual(notFound);
    expect(await revoke(user, newest.id)).toEqual({ revokedSessionId: newest.id, userErrors: [] });
    await eventually(async () => expect((await asViewer(second.accessToken as string)).status).toBe(401));
    expect((await asViewer(user.accessToken as string)).status).toBe(200);
    expect(await revoke(user, newest.id)).toEqual(notFound);
  });

  it('end all at once with logoutEverywhere', async () => {
    const user = await stack.register();
    const second = await stack.signIn(user.username);
    await user.run('mutation { logoutEverywhere { user { id } userErrors { code } } }');
    for (const { accessToken } of [user, second]) {
      await eventually(async () => expect((await asViewer(accessToken as string)).status).toBe(401));
    }
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

describeEachEngine('access tokens that end', (engine) => {
  let stack: TestStack;
  let user: TestClient;

  beforeAll(async () => {
    stack = await startTestStack({ engine, environment: { ACCESS_TOKEN_TTL_SECONDS: '4' } });
    user = await stack.register();
  });

  afterAll(() => stack?.stop());

  it('close their WebSocket with a clear reason, and are refused from then on', async () => {
    const subscription = user.subscribe('subscription { notificationAdded { seq } }');
    expect(await subscription.ended).toMatchObject({ code: 4403, reason: 'The access token has expired' });
    const answer = await user.send('{ viewer { id } }');
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});
