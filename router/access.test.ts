import { composeServices } from '@apollo/composition';
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type AccessGate, createAccessGate } from './access.ts';
import { loadSupergraph } from './supergraph.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@key", "@requiresScopes"])
  type Query {
    open: String
    signedIn: String @authenticated
    thing: Thing
    readers: String @requiresScopes(scopes: [["read"], ["admin", "all"]])
    secret: Secret
  }
  type Thing { open: String hidden: String @requiresScopes(scopes: [["thing:read"]]) }
  type Secret @authenticated { text: String }
`);
const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://localhost/graphql', typeDefs }]);
if (!supergraphSdl) throw new Error(String(errors));
const loaded = loadSupergraph(supergraphSdl, {});
const gate = createAccessGate(loaded.document, loaded.supergraph.apiSchema().toGraphQLJSSchema());

/** Composers of today write on an interface what the types behind it need, others do not. */
const behindInterfaces = `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  type Query { item: Item part: Part found: Found }
  interface Item { open: String note: String }
  interface Part implements Item { open: String note: String }
  type Task implements Item { open: String note: String @authenticated }
  type Piece implements Item & Part { open: String note: String @requiresScopes(scopes: [["read"]]) }
  type Leaf { open: String }
  type Secret @authenticated { open: String }
  union Found = Leaf | Secret
`;
const gateBehindInterfaces = createAccessGate(parse(behindInterfaces), buildSchema(behindInterfaces));

function enter(query: string, scopes: string[] | null, by: AccessGate = gate): string {
  const document = parse(query);
  const viewer = scopes && { userId: 'u', sessionId: 's', roles: [], scopes, expiresAtSeconds: 0 };
  try {
    by(document, getOperationAST(document) as OperationDefinitionNode, viewer);
    return 'let in';
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
}

describe('the access gate', () => {
  it.each([
    ['{ open thing { open } }', null, 'let in'],
    ['{ signedIn }', null, 'UNAUTHENTICATED'],
    ['{ signedIn }', [], 'let in'],
    ['{ secret { __typename } }', null, 'UNAUTHENTICATED'],
    ['{ secret { text } }', [], 'let in'],
    ['{ thing { hidden } }', [], 'FORBIDDEN'],
    ['{ thing { renamed: hidden } }', ['thing:read'], 'let in'],
    ['{ thing { ...F } } fragment F on Thing { hidden }', ['other'], 'FORBIDDEN'],
    ['{ ... on Query { signedIn } }', null, 'UNAUTHENTICATED'],
    ['{ readers }', ['read'], 'let in'],
    ['{ readers }', ['admin'], 'FORBIDDEN'],
    ['{ readers }', ['all', 'admin'], 'let in'],
    ['{ readers }', null, 'UNAUTHENTICATED'],
  ])('%s with scopes %o: %s', (query, scopes, outcome) => {
    expect(enter(query, scopes)).toBe(outcome);
  });

  it.each([
    ['{ item { open } part { open } }', null, 'let in'],
    ['{ item { note } }', null, 'UNAUTHENTICATED'],
    ['{ item { note } }', [], 'FORBIDDEN'],
    ['{ item { note } }', ['read'], 'let in'],
    ['{ part { note } }', [], 'FORBIDDEN'],
    ['{ item { ...F } } fragment F on Part { note }', [], 'FORBIDDEN'],
    ['{ item { ... on Task { note } } }', [], 'let in'],
    ['{ found { __typename } }', null, 'UNAUTHENTICATED'],
    ['{ found { ... on Leaf { open } } }', null, 'let in'],
  ])('asks for all that types behind an interface or a union need: %s with scopes %o: %s', (query, scopes, outcome) => {
    expect(enter(query, scopes, gateBehindInterfaces)).toBe(outcome);
  });

  it('is not there for policies: a supergraph with them is refused, and not served without', () => {
    const policies = parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@policy"])
      type Query { secret: Int @policy(policies: [["a"]]) }
    `);
    const { supergraphSdl: sdl = '' } = composeServices([
      { name: 'one', url: 'http://one.invalid', typeDefs: policies },
    ]);
    expect(() => loadSupergraph(sdl, {})).toThrow('The supergraph uses @policy, which this router can not enforce.');
  });

  it('hands the gateway a supergraph without the directives that it refuses to load', () => {
    expect(loaded.gatewaySdl).not.toMatch(/@authenticated|requiresScopes/);
    expect(supergraphSdl).toMatch(/@authenticated/);
  });
});
