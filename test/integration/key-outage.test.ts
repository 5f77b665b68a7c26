import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabases, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';

describe('a router that can not get the keys of access tokens', () => {
  let databases: TestDatabases;
  let stack: TestStack;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  it('says that it can not tell, and never that a token is bad', async () => {
    const user = await stack.register();
    await stack.stopSubgraph('auth');
    const answer = await user.send('{ viewer { id } }');
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    const subscription = user.subscribe('subscription { notificationAdded { seq } }');
    expect(await subscription.ended).toMatchObject({ code: 1013 });
    await stack.restartSubgraph('auth');
    expect((await user.send('{ viewer { id } }')).data).toEqual({ viewer: { id: user.userId } });
  });
});
