import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutationFieldLimit } from '../../router/checks.ts';
import { startTestStack, type TestStack } from '../harness.ts';

describe('the root fields of a mutation', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await startTestStack();
  });

  afterAll(() => stack?.stop());

  it('are so many at most: nobody guesses a thousand times in one request, nor in one message of a WebSocket', async () => {
    const user = await stack.register();
    const guesses = (count: number) =>
      Array.from(
        { length: count },
        (_, index) =>
          `g${index}: login(input: { login: "${user.username}", password: "guess ${index}" }) { user { id } }`,
      ).join(' ');
    const inFragment = `mutation { ...G } fragment G on Mutation { ${guesses(mutationFieldLimit + 1)} }`;
    const refused = { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] };
    const readEvents = () =>
      stack.databases.query('auth', `SELECT id FROM security_event WHERE account_id = $1`, [user.userId]);
    const before = await readEvents();
    for (const query of [`mutation { ${guesses(mutationFieldLimit + 1)} }`, inFragment]) {
      expect(await stack.guest.send(query)).toMatchObject({ status: 400, ...refused });
      expect(await user.subscribe(query).ended).toMatchObject(refused.errors);
    }
    expect(await stack.guest.send(`mutation { ${guesses(1_000)} }`)).toMatchObject({ status: 400 });
    expect(await readEvents()).toEqual(before);
    const allowed = await stack.guest.send(`mutation { ${guesses(mutationFieldLimit)} }`);
    expect(Object.keys(allowed.data)).toHaveLength(mutationFieldLimit);
  });
});
