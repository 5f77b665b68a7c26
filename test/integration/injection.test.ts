import {
  buildClientSchema,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { createDatabases, queryDatabase, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';

/** What has broken other servers, in fields that were thought to be harmless. */
const attacks = {
  'SQL that ends a string': `'; DROP TABLE account; --`,
  'SQL that is always true': `' OR '1'='1' -- `,
  'SQL with a comment in it': `ada'/**/OR/**/1=1#`,
  'a placeholder': '$1 %s {{7*7}} #{7*7}',
  'a wildcard': '%_%',
  'another header': 'ada\r\nSet-Cookie: __Host-chorus_access=stolen\r\nX-Injected: yes',
  'another recipient': 'ada@example.org\nBcc: eve@example.org',
  'a null character': 'ada\u0000admin',
  'broken UTF-16': 'ada\ud800',
  'a prototype': '__proto__',
  'a number that is too large': '99999999999999999999999999',
  'a log line': 'ada\n{"level":60,"msg":"forged"}',
  markup: '<script>alert(1)</script>',
  'a long text': 'x'.repeat(20_000),
};

describe('hostile text in every field of every operation', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let schema: GraphQLSchema;
  let client: TestClient;

  beforeAll(async () => {
    databases = await createDatabases();
    stack = await startTestStack({ databases });
    const { userId, username } = await stack.register();
    await queryDatabase(databases, 'auth', `UPDATE account SET role = 'ADMIN' WHERE id = $1`, [userId]);
    client = await stack.signIn(username);
    schema = buildClientSchema((await client.send(getIntrospectionQuery())).data);
  });

  afterAll(async () => {
    await stack?.stop();
    await databases?.drop();
  });

  /** Strings are the attack, all others are plain. */
  function fill(type: GraphQLInputType, attack: string): unknown {
    if (isNonNullType(type)) return fill(type.ofType, attack);
    if (isListType(type)) return [fill(type.ofType, attack)];
    if (isEnumType(type)) return type.getValues()[0]?.name;
    if (isInputObjectType(type)) {
      return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, fill(field.type, attack)]));
    }
    switch (type.name) {
      case 'Int':
        return 1;
      case 'Boolean':
        return true;
      case 'DateTime':
        return '2100-01-01T00:00:00.000Z';
      case 'JSON':
        return {
          id: attack,
          rawId: attack,
          type: 'public-key',
          response: { clientDataJSON: attack },
          [attack]: attack,
        };
      default:
        return attack;
    }
  }

  /** One request that calls a root field with the attack in all of its arguments. */
  function compose(kind: 'query' | 'mutation', field: string, attack: string) {
    const root = (kind === 'query' ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
    const { args, type } = root.getFields()[field] ?? { args: [], type: root };
    // Exclusive arguments of a page: one of them is enough.
    const used = args.filter(({ name }) => name !== 'last' && name !== 'before');
    const declarations = used.map((each) => `$${each.name}: ${each.type}`).join(', ');
    const passed = used.map(({ name }) => `${name}: $${name}`).join(', ');
    const named = isNonNullType(type) ? type.ofType : type;
    const isPayload = isObjectType(named) && 'userErrors' in named.getFields();
    const selection = isPayload ? '{ userErrors { code } }' : isObjectType(named) ? '{ __typename }' : '';
    return {
      query: `${kind} (${declarations}) { ${field}(${passed}) ${selection} }`.replaceAll('()', ''),
      variables: Object.fromEntries(used.map((each) => [each.name, fill(each.type, attack)])),
    };
  }

  // These end the session that the others need; text they have none.
  const endings = ['logout', 'logoutEverywhere', 'deleteAccount', 'deactivateAccount'];
  const fieldsOf = (kind: 'query' | 'mutation') =>
    Object.values((kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
      .filter(({ name, args }) => args.length > 0 && !endings.includes(name))
      .map(({ name }) => name);

  it.each(Object.entries(attacks))('is taken as text or refused with a code: %s', async (_what, attack) => {
    const before = await queryDatabase(databases, 'auth', 'SELECT count(*)::int AS accounts FROM account');
    for (const kind of ['query', 'mutation'] as const) {
      for (const field of fieldsOf(kind)) {
        const { query, variables } = compose(kind, field, attack);
        const response = await fetch(stack.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${client.accessToken}` },
          body: JSON.stringify({ query, variables }),
        });
        const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
        const codes = errors.map(({ extensions }) => extensions.code);
        expect([field, codes.filter((code) => code === 'INTERNAL' || code === 'SUBGRAPH_UNAVAILABLE')]).toEqual([
          field,
          [],
        ]);
        expect([field, response.headers.get('x-injected'), response.headers.getSetCookie()]).toEqual([field, null, []]);
      }
    }
    expect(await queryDatabase(databases, 'auth', 'SELECT count(*)::int AS accounts FROM account')).toEqual(before);
  });

  it.each(Object.entries(attacks))('does no harm in headers: %s', async (_what, attack) => {
    // What can't stand in a header never leaves the client; the rest of it does.
    const value = encodeURIComponent(attack.toWellFormed()).slice(0, 4_000);
    const response = await fetch(stack.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': value,
        'x-request-id': value,
        traceparent: value,
        'x-forwarded-for': value,
        cookie: `__Host-chorus_access=${value}; __Host-chorus_refresh=${value}`,
        'x-chorus-session': 'cookie',
        origin: new URL(stack.url).origin,
      },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get('x-injected')).toBeNull();
  });
});
