import type { FetchNode } from '@apollo/query-planner';
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createResumptionPlanner } from './sharing.ts';

/** Plans an operation of a single subgraph, which runs it as it is. */
function plan(sdl: string, query: string) {
  const whole = `directive @perViewer on FIELD_DEFINITION type Query { open: Int } ${sdl}`;
  const schema = buildSchema(whole);
  const document = parse(query);
  const primary = { kind: 'Fetch', serviceName: 'one', operation: query, variableUsages: ['after'] } as FetchNode;
  const operation = getOperationAST(document) as OperationDefinitionNode;
  return { schema, resumption: createResumptionPlanner(parse(whole), schema)(document, operation, primary) };
}

describe('a subscription', () => {
  it('is resumed by an argument that is a cursor', () => {
    for (const type of ['String', 'String!', 'String = null']) {
      const { schema, resumption } = plan(
        'type Subscription { ticks(after: String): Int }',
        `subscription ($after: ${type}) { ticks(after: $after) }`,
      );
      expect(validate(schema, parse(resumption?.query ?? ''))).toEqual([]);
      expect([{ after: 'here' }, {}].map((variables) => resumption?.cursorOf(variables))).toEqual(['here', null]);
    }
  });

  it('is left alone when its cursor has a default that the router would have to know', () => {
    const query = 'subscription ($after: String = "here") { ticks(after: $after) }';
    expect(plan('type Subscription { ticks(after: String): Int }', query).resumption).toBeNull();
  });

  it.each(['Int', 'ID', 'String!', '[String]', 'Cursor', 'String = "first"'])(
    'is passed on as it is when its argument has the name of one, and is %s',
    (type) => {
      const sdl = `scalar Cursor type Subscription { ticks(after: ${type}): Int }`;
      const [declared] = type.split(' = ');
      expect(plan(sdl, `subscription ($after: ${declared}) { ticks(after: $after) }`).resumption).toBeNull();
    },
  );

  it.each([
    ['{ open }', true],
    ['{ note }', false],
    ['{ ... on Part { note } }', false],
    ['{ ... on Leaf { note } }', true],
    ['{ ... on Piece { note } }', false],
    ['{ ... on Item { renamed: note } }', false],
    ['{ within }', false],
    ['{ ... on Leaf { within } }', true],
  ])('of an interface is not the same for all when a type behind it is not: %s: %s', (selection, isSameForAll) => {
    const sdl = `
      type Subscription { items(after: String): Item }
      interface Item { open: Int note: String within: String }
      interface Part implements Item { open: Int note: String within: String @perViewer }
      type Leaf implements Item { open: Int note: String within: String }
      type Piece implements Item & Part { open: Int note: String @perViewer within: String }`;
    expect(plan(sdl, `subscription { items ${selection} }`).resumption?.isSameForAll).toBe(isSameForAll);
  });
});
