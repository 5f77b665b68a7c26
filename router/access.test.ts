import { composeServices } from '@apollo/composition';
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createAccessGate } from './access.ts';
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

function enter(query: string, scopes: string[] | null): string {
  const document = parse(query);
  const viewer = scopes && { userId: 'u', sessionId: 's', roles: [], scopes, expiresAtSeconds: 0 };
  try {
    gate(document, getOperationAST(document) as OperationDefinitionNode, viewer);
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

  it('hands the gateway a supergraph without the directives that it refuses to load', () => {
    expect(loaded.gatewaySdl).not.toMatch(/@authenticated|requiresScopes/);
    expect(supergraphSdl).toMatch(/@authenticated/);
  });
});
