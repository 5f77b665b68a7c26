import { describe, expect, it } from 'vitest';
import { findUndescribed } from './check-schema.ts';

const subgraph = (name: string, schema: string) => ({ name, routingUrl: '', schema });

describe('findUndescribed', () => {
  it('names everything without a description, by coordinate and line', async () => {
    const schema = `type Query { room(id: ID!): Room }
type Room { kind: Kind }
enum Kind { OPEN }
input Filter { text: String }
directive @mark(how: String) on OBJECT`;
    expect(await findUndescribed([subgraph('chat', schema)])).toEqual(
      [
        [1, 'Query.room'],
        [1, 'Query.room(id:)'],
        [2, 'Room'],
        [2, 'Room.kind'],
        [3, 'Kind'],
        [3, 'Kind.OPEN'],
        [4, 'Filter'],
        [4, 'Filter.text'],
        [5, '@mark'],
        [5, '@mark(how:)'],
      ].map(([line, coordinate]) => `subgraphs/chat/schema.graphql:${line} ${coordinate} has no description`),
    );
  });

  it('is content with a description in one of the subgraphs that share a type', async () => {
    const owner = subgraph('auth', '"A person." type User { "Its id." id: ID! }');
    const guest = subgraph('chat', 'type User { id: ID! }');
    expect(await findUndescribed([owner, guest])).toEqual([]);
  });
});
