import { readFileSync } from 'node:fs';
import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../platform/errors.ts';
import { loadSupergraph } from '../../router/supergraph.ts';
import { securityActions } from '../../subgraphs/auth/audit/actions.ts';
import { rolesUpTo, scopesOf } from '../../subgraphs/auth/policy.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const documentation = read('../../docs/errors.md');
const documented = new Set([...documentation.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, code]) => code));

describe('docs/errors.md', () => {
  const schema = loadSupergraph(read('../../router/supergraph.graphql'), {}).supergraph.apiSchema().toGraphQLJSSchema();
  const userErrorCode = schema.getType('UserErrorCode');
  const userCodes = isEnumType(userErrorCode) ? userErrorCode.getValues().map(({ name }) => name) : [];

  it('explains every code that a client can get', () => {
    expect(userCodes.length).toBeGreaterThan(10);
    expect([...Object.keys(errorCatalogue), ...userCodes].filter((code) => !documented.has(code))).toEqual([]);
  });

  it('explains no code that does not exist', () => {
    const closeCodes = /^\d+$/;
    const known = new Set([...Object.keys(errorCatalogue), ...userCodes]);
    expect([...documented].filter((code) => code && !known.has(code) && !closeCodes.test(code))).toEqual([]);
  });
});

describe('docs/SUBSCRIPTIONS.md', () => {
  it('shows the client that renews its token as the tests run it', () => {
    expect(read('../../docs/SUBSCRIPTIONS.md')).toContain(`\`\`\`ts\n${read('../renewing-client.ts')}\`\`\`\n`);
  });
});

describe('docs/ACCOUNTS.md', () => {
  const rows = read('../../docs/ACCOUNTS.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

  it('explains every action of the record of security events, and no other', () => {
    const actions = rows.filter((cells) => cells.length === 4).map(([, action]) => action);
    expect(actions).toEqual([...securityActions]);
  });

  it('explains every scope, with the first role that has it', () => {
    const documentedScopes = rows.filter((cells) => cells.length === 5).map(([, scope, role]) => [scope, role]);
    const expected = rolesUpTo('ADMIN').flatMap((role, rank, roles) => {
      const before = rank === 0 ? [] : scopesOf(roles[rank - 1] ?? 'USER');
      return scopesOf(role)
        .filter((scope) => !before.includes(scope))
        .map((scope) => [scope, role]);
    });
    expect(documentedScopes).toEqual(expected);
  });
});
