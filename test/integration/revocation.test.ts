import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { envelope } from '../../platform/durable-events/outbox.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { EventEnvelope } from '../../platform/events.ts';
import { continueTrace } from '../../platform/trace.ts';
import { startRouterFor } from '../../tools/stack.ts';
import { createApiKey } from '../administrators.ts';
import { TestClient, type TestSubscription } from '../client.ts';
import {
  createDatabases,
  describeEachEngine,
  eventually,
  fastPolls,
  startTestStack,
  type TestDatabases,
  type TestStack,
  testEnvironment,
} from '../harness.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

/** What issue and documentation promise: so long after a revocation no router takes the token any more. */
const promisedMilliseconds = 1_000;

const logout = 'mutation { logout { user { id } } }';

async function statusOf(stack: TestStack, token: string): Promise<number> {
  return (await stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${token}` })).status;
}

/** Opens a subscription, and resolves when its socket has been signed in. */
async function subscribe(client: TestClient): Promise<TestSubscription<unknown>> {
  const subscription = client.subscribe('subscription { notificationAdded { seq } }');
  await client.subscribe('{ viewer { id } }').next();
  return subscription;
}

/** Rejects when it takes longer than was promised. */
function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  let result: { value: Value } | undefined;
  promise.then(
    (value) => {
      result = { value };
    },
    () => undefined,
  );
  return eventually(() => {
    if (result === undefined) throw new Error('It took longer than a second.');
    return result.value;
  }, promisedMilliseconds);
}

const becomesRefused = (stack: TestStack, token: string) =>
  eventually(async () => expect(await statusOf(stack, token)).toBe(401), promisedMilliseconds);

/** Publishes an event of auth, as its use cases do. */
async function publish(databases: TestDatabases, event: EventEnvelope): Promise<void> {
  await databases.query('auth', 'INSERT INTO outbox (event_id, envelope, occurred_at) VALUES ($1, $2, $3)', [
    event.id,
    JSON.stringify(event),
    event.occurredAt,
  ]);
}

describeEachEngine('revocation', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine, environment: fastPolls });
  });

  afterAll(() => stack?.stop());

  /** A second client with the first one's tokens. */
  const refreshed = async (client: TestClient): Promise<string> => {
    const { session } = await stack.guest.run(
      `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { session { accessToken } } }`,
      { input: { refreshToken: client.refreshToken } },
    );
    return session.accessToken;
  };

  it('of a session ends its tokens and its open subscriptions within a second, and nobody else’s', async () => {
    const [leaver, stayer] = await Promise.all([stack.register(), stack.register()]);
    const [ending, staying] = await Promise.all([subscribe(leaver), subscribe(stayer)]);
    await leaver.run(logout);
    const [, end] = await Promise.all([becomesRefused(stack, leaver.accessToken as string), inTime(ending.ended)]);
    expect(end).toMatchObject({ code: 4403, reason: 'The session has ended' });
    expect(await statusOf(stack, stayer.accessToken as string)).toBe(200);
    staying.stop();
  });

  it('of one session leaves the other sessions of its account alone', async () => {
    const person = await stack.register();
    const { session } = await stack.guest.run(
      'mutation ($input: LoginInput!) { login(input: $input) { session { accessToken } userErrors { code } } }',
      { input: { login: person.username, password: `the password of ${person.username}` } },
    );
    await person.run(logout);
    await becomesRefused(stack, person.accessToken as string);
    expect(await statusOf(stack, session.accessToken)).toBe(200);
  });

  it('of what an account may do ends the tokens that say otherwise; a refresh brings good ones', async () => {
    const [person, other] = await Promise.all([stack.register(), stack.register()]);
    const subscription = await subscribe(person);
    const [account] = await stack.databases.query<{ access_version: number }>(
      'auth',
      'UPDATE account SET access_version = access_version + 1 WHERE id = $1 RETURNING access_version',
      [person.userId],
    );
    const accessVersion = account?.access_version as number;
    const payload = { userId: person.userId, accessVersion };
    await publish(stack.databases, envelope('auth.access.changed', payload, continueTrace(undefined), new Date()));
    const [end] = await Promise.all([inTime(subscription.ended), becomesRefused(stack, person.accessToken as string)]);
    expect(end).toMatchObject({ code: 4403, reason: 'Access has changed' });
    const token = await refreshed(person);
    expect(await statusOf(stack, token)).toBe(200);
    expect(await statusOf(stack, other.accessToken as string)).toBe(200);
    // The log may repeat itself.
    const older = { userId: person.userId, accessVersion: accessVersion - 1 };
    await publish(stack.databases, envelope('auth.access.changed', older, continueTrace(undefined), new Date()));
    await other.run(logout);
    await becomesRefused(stack, other.accessToken as string);
    expect([await statusOf(stack, token), await statusOf(stack, person.accessToken as string)]).toEqual([200, 401]);
  });

  it('of an API key ends it within a second, and what it has open; a change of access alone does not', async () => {
    const person = await stack.register();
    const { id, secret } = await createApiKey(person, { scopes: ['account:read', 'notifications:read'] });
    const program = await stack.register();
    program.accessToken = secret;
    const payload = { userId: person.userId, accessVersion: 2 };
    expect((await program.run('{ viewer { id } }')).id).toBe(person.userId);
    await stack.databases.query('auth', 'UPDATE account SET access_version = 2 WHERE id = $1', [person.userId]);
    await publish(stack.databases, envelope('auth.access.changed', payload, continueTrace(undefined), new Date()));
    await becomesRefused(stack, person.accessToken as string);
    expect(await statusOf(stack, secret)).toBe(200);
    const subscription = await subscribe(program);
    person.accessToken = await refreshed(person);
    const { userErrors } = await person.run(
      'mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { userErrors { code } } }',
      { id },
    );
    expect(userErrors).toEqual([]);
    const [end] = await Promise.all([inTime(subscription.ended), becomesRefused(stack, secret)]);
    expect(end).toMatchObject({ code: 4403, reason: 'The session has ended' });
  });

  it('is remembered for as long as the token would have lived', async () => {
    const person = await stack.register();
    await person.run(logout);
    await becomesRefused(stack, person.accessToken as string);
    vi.setSystemTime(Date.now() + 14 * 60_000);
    try {
      expect(await statusOf(stack, person.accessToken as string)).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });
});

describeEachEngine('revocation of a signing key', (engine) => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack({ engine, environment: fastPolls });
  });

  afterAll(() => stack?.stop());

  it('ends every token that it signed, and every socket, before the tokens would have ended', async () => {
    const person = await stack.register();
    const subscription = await subscribe(person);
    expect(await statusOf(stack, person.accessToken as string)).toBe(200);
    const [key] = await stack.databases.query<{ id: string }>('auth', 'SELECT id FROM signing_key');
    const payload = { keyId: key?.id as string };
    await publish(stack.databases, envelope('auth.key.revoked', payload, continueTrace(undefined), new Date()));
    const [end] = await Promise.all([inTime(subscription.ended), becomesRefused(stack, person.accessToken as string)]);
    expect(end).toMatchObject({ code: 4403, reason: 'The signing key was revoked' });
  });
});

/** An engine whose tails hand nothing over before they are let. */
function holdTails(engine: Engine, released: Promise<void>): Engine {
  return new Proxy(engine, {
    get(target, name) {
      if (name !== 'tail') {
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      }
      const tail: Engine['tail'] = async (log, since, onEntry) => {
        const tails = released.then(() => target.tail(log, since, onEntry));
        return {
          caughtUp: tails.then(({ caughtUp }) => caughtUp),
          stop: async () => (await tails).stop(),
        };
      };
      return tail;
    },
  });
}

describe('a router that starts', () => {
  let stack: TestStack;
  let revoked: string;

  beforeAll(async () => {
    stack = await startTestStack({ environment: fastPolls });
    const person = await stack.register();
    revoked = person.accessToken as string;
    await person.run(logout);
    await becomesRefused(stack, revoked);
  });

  afterAll(() => stack?.stop());

  const startRouter = (released: Promise<void>) =>
    startRouterFor(stack.subgraphs, {
      databaseUrl: stack.databases.url,
      engine: holdTails(stack.engine, released),
      host: '127.0.0.1',
      port: 0,
      environment: testEnvironment,
      createLogger: (name) => pino({ name, level: 'silent' }),
    });
  const statusAt = (url: string) =>
    new TestClient(url).send('{ viewer { id } }', {}, { authorization: `Bearer ${revoked}` });
  const readinessAt = async (url: string) => {
    const response = await fetch(new URL('/health/ready', url));
    return { ...((await response.json()) as { checks: Record<string, string> }), status: response.status };
  };

  it('serves nobody before it knows what was revoked', async () => {
    const release = Promise.withResolvers<void>();
    let isServing = false;
    const starting = startRouter(release.promise).then((router) => {
      isServing = true;
      return router;
    });
    // As long as another router takes to start, which has to wait for nothing.
    const witness = await startRouter(Promise.resolve());
    expect(isServing).toBe(false);
    release.resolve();
    const router = await starting;
    try {
      expect((await statusAt(router.url)).status).toBe(401);
      expect((await readinessAt(router.url)).checks).toEqual({ broker: 'ok', revocations: 'ok' });
    } finally {
      await Promise.all([router.stop(), witness.stop()]);
    }
  });

  it('serves in the end when it can not know, and says that it is not ready until it does', async () => {
    const release = Promise.withResolvers<void>();
    const router = await startRouter(release.promise);
    try {
      expect(await readinessAt(router.url)).toMatchObject({ status: 503, checks: { revocations: 'unavailable' } });
      release.resolve();
      await eventually(async () => expect(await readinessAt(router.url)).toMatchObject({ status: 200 }));
      expect((await statusAt(router.url)).status).toBe(401);
    } finally {
      release.resolve();
      await router.stop();
    }
  });
});

describeWithRedis('revocation with two routers', () => {
  let databases: TestDatabases;
  let redis: TestRedis;
  let stacks: [TestStack, TestStack];

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startTestRedis()]);
    const options = { databases, redis, prefix: 'shared', environment: fastPolls };
    stacks = await Promise.all([startTestStack(options), startTestStack(options)]);
  });

  afterAll(async () => {
    await Promise.all(stacks?.map((stack) => stack.stop()) ?? []);
    await redis?.stop();
    await databases?.drop();
  });

  /** Signs somebody in at the first router, and gives them a subscription at the second. */
  async function signInAtBoth() {
    const [first, second] = stacks;
    const person = await first.register();
    const elsewhere = await second.register();
    elsewhere.accessToken = person.accessToken;
    const subscription = await subscribe(elsewhere);
    const token = person.accessToken as string;
    expect(await statusOf(second, token)).toBe(200);
    return { person, subscription, token };
  }

  it('reaches the one through the other within a second: requests and open subscriptions', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { person, subscription, token } = await signInAtBoth();
      await person.run(logout);
      const [end] = await Promise.all([inTime(subscription.ended), becomesRefused(stacks[1], token)]);
      expect(end).toMatchObject({ code: 4403, reason: 'The session has ended' });
    }
  });

  it('reaches a router that starts after it with the first request', async () => {
    const { person, token } = await signInAtBoth();
    await person.run(logout);
    await becomesRefused(stacks[1], token);
    const late = await startTestStack({ databases, redis, prefix: 'shared' });
    try {
      expect(await statusOf(late, token)).toBe(401);
    } finally {
      await late.stop();
    }
  });

  it('does so after Redis has forgotten everything', async () => {
    const { person, subscription, token } = await signInAtBoth();
    await redis.flush();
    await person.run(logout);
    await Promise.all([inTime(subscription.ended), becomesRefused(stacks[1], token)]);
  });

  it('survives that Redis forgets everything afterwards, and reaches a router that starts then', async () => {
    const { person, token } = await signInAtBoth();
    await person.run(logout);
    await becomesRefused(stacks[1], token);
    await redis.flush();
    for (const stack of stacks) expect(await statusOf(stack, token)).toBe(401);
    const late = await startTestStack({ databases, redis, prefix: 'shared' });
    try {
      await eventually(async () => expect(await statusOf(late, token)).toBe(401));
    } finally {
      await late.stop();
    }
  });
});
