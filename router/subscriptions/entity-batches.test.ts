import type { GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { describe, expect, it } from 'vitest';
import { EntityBatches } from './entity-batches.ts';

const query =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { name } } }';

/** A subgraph that names users after their ids, and remembers for how many it was asked at once. */
function openSubgraph() {
  const asked: unknown[][] = [];
  let answer = (ids: string[]): GatewayGraphQLResponse => ({ data: { _entities: ids.map((id) => ({ name: id })) } });
  const batches = new EntityBatches({
    async process({ request }) {
      const ids = (request.variables?.['representations'] as { id: string }[] | undefined)?.map(({ id }) => id) ?? [];
      asked.push(ids);
      return answer(ids);
    },
  });
  const fetch = (ids: string[], { context = {}, variables = {}, text = query } = {}) =>
    batches.process({
      request: { query: text, variables: { ...variables, representations: ids.map((id) => ({ id })) } },
      context,
    } as unknown as GraphQLDataSourceProcessOptions);
  return {
    asked,
    batches,
    fetch,
    answerWith(next: typeof answer) {
      answer = next;
    },
  };
}

const named = (...ids: string[]) => ({ data: { _entities: ids.map((id) => ({ name: id })) } });

describe('the entities of several events', () => {
  it('are asked for at once, and each event gets its own', async () => {
    const { asked, fetch } = openSubgraph();
    const context = {};
    const answers = await Promise.all([
      fetch(['a', 'b'], { context }),
      fetch([], { context }),
      // As after something else that has to happen first, in the same turn.
      Promise.resolve().then(() => fetch(['c'], { context })),
    ]);
    expect(answers).toEqual([named('a', 'b'), named(), named('c')]);
    expect(asked).toEqual([['a', 'b', 'c']]);
    await fetch(['d'], { context });
    expect(asked).toHaveLength(2);
  });

  it('are asked for apart when asked for in another name, with other variables or for something else', async () => {
    const { asked, fetch, batches } = openSubgraph();
    const context = {};
    const text = query.replace('name', 'name id');
    await Promise.all([
      fetch(['a'], { context }),
      fetch(['b']),
      fetch(['c'], { context, variables: { size: 1 } }),
      fetch(['d'], { context, text }),
      batches.process({ request: { query: '{ root }' }, context } as unknown as GraphQLDataSourceProcessOptions),
    ]);
    expect(asked.map((ids) => ids.join()).sort()).toEqual(['', 'a', 'b', 'c', 'd']);
  });

  it('bring each event its own errors, and all of them what is about none in particular', async () => {
    const { fetch, answerWith } = openSubgraph();
    const context = {};
    const error = (message: string, ...path: (string | number)[]) => ({ message, path });
    answerWith((ids) => ({
      data: { _entities: ids.map(() => null) },
      errors: [error('first', '_entities', 0), error('third', '_entities', 2, 'name'), { message: 'all' }] as never,
    }));
    const [one, two, three] = await Promise.all([['a'], ['b'], ['c', 'd']].map((ids) => fetch(ids, { context })));
    expect(one).toEqual({ data: { _entities: [null] }, errors: [error('first', '_entities', 0), { message: 'all' }] });
    expect(two).toEqual({ data: { _entities: [null] }, errors: [{ message: 'all' }] });
    const third = error('third', '_entities', 0, 'name');
    expect(three).toEqual({ data: { _entities: [null, null] }, errors: [third, { message: 'all' }] });
    answerWith(() => ({ data: null, errors: [error('second', '_entities', 1)] as never }));
    const nothing = { data: null, errors: [error('second', '_entities')] };
    const [without, withError] = await Promise.all([fetch(['a'], { context }), fetch(['b'], { context })]);
    expect([without, withError]).toEqual([nothing, nothing]);
  });

  it('fail together with what they were asked for with, and nothing after it does', async () => {
    const { fetch, answerWith } = openSubgraph();
    const context = {};
    answerWith(() => {
      throw new Error('away');
    });
    const both = await Promise.allSettled([fetch(['a'], { context }), fetch(['b'], { context })]);
    expect(both.map((result) => (result as PromiseRejectedResult).reason.message)).toEqual(['away', 'away']);
    answerWith((ids) => named(...ids));
    expect(await fetch(['c'], { context })).toEqual(named('c'));
  });

  it('fail together when the subgraph does not answer with as many as it was asked for', async () => {
    const { fetch, answerWith } = openSubgraph();
    const context = {};
    for (const answer of [{ _entities: [{ name: 'a' }, { name: 'c' }] }, { _entities: 'abc' }]) {
      answerWith(() => ({ data: answer }));
      const all = await Promise.allSettled(['a', 'b', 'c'].map((id) => fetch([id], { context })));
      expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    }
  });

  it('are not too many at once', async () => {
    const { asked, fetch } = openSubgraph();
    const context = {};
    const ids = Array.from({ length: 250 }, (_, number) => String(number));
    expect(await Promise.all(ids.map((id) => fetch([id], { context })))).toEqual(ids.map((id) => named(id)));
    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50]);
  });
});
