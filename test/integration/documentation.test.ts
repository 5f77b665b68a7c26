import { readFileSync } from 'node:fs';
import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../platform/errors.ts';
import { loadSupergraph } from '../../router/supergraph.ts';

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
