import { existsSync, readFileSync } from 'node:fs';
import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../platform/settings.ts';
import { loadSupergraph } from '../../router/supergraph.ts';
import { serviceSettingsSchema } from '../../subgraphs/auth/env.ts';
import { recentAuthenticationMilliseconds } from '../../subgraphs/auth/sessions/step-up.ts';

const locate = (path: string) => new URL(`../../${path}`, import.meta.url);
const read = (path: string) => readFileSync(locate(path), 'utf8');
const documentation = read('docs/SECURITY.md');

/** Every requirement of OWASP ASVS 5.0 at level 1 or 2 of V6, V7, V9, V10 and 2.4. */
const required: Record<1 | 2, string> = {
  1: `6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
    9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5`,
  2: `2.4.1 6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3
    6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 9.2.2 9.2.3 9.2.4
    10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11
    10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3`,
};

interface Requirement {
  number: string;
  level: string;
  what: string;
  proof: string;
}

const requirements: Requirement[] = documentation.split('\n').flatMap((line) => {
  const [, number, level, what, proof] = /^\| (\d+\.\d+\.\d+) [^|]+ \| (\d) \| ([^|]+) \|([^|]*)\|$/.exec(line) ?? [];
  return number && level && what && proof !== undefined ? [{ number, level, what, proof: proof.trim() }] : [];
});

interface Reference {
  path: string;
  name: string;
}

const referencesIn = (proof: string): Reference[] =>
  [...proof.matchAll(/`([^`]+\.test\.ts)` > "([^"]+)"/g)].map(([, path = '', name = '']) => ({ path, name }));

/** Whether a file has a test of this name, or a table of tests with this template for their names. */
function hasTest({ path, name }: Reference): boolean {
  if (!existsSync(locate(path))) return false;
  const named = [...read(path).matchAll(/(?<!describe)\(\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`),/g)];
  return named.some(([, ...literals]) => literals.includes(name));
}

describe('docs/SECURITY.md', () => {
  it('lists every requirement of levels 1 and 2 on accounts, under its level', () => {
    const listed = new Set(requirements.map(({ number, level }) => `${number} at level ${level}`));
    for (const [level, numbers] of Object.entries(required)) {
      const missing = numbers.split(/\s+/).filter((number) => !listed.has(`${number} at level ${level}`));
      expect(missing).toEqual([]);
    }
    expect(listed.size).toBe(requirements.length);
  });

  it('has no row that this test does not read', () => {
    const rows = documentation.split('\n').filter((line) => /^\| *\d/.test(line));
    expect(rows).toHaveLength(requirements.length);
  });

  it('names only tests that exist', () => {
    const references = requirements.flatMap(({ proof }) => referencesIn(proof));
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => !hasTest(reference))).toEqual([]);
  });

  it('proves what it calls met, and says why the rest does not apply', () => {
    const unproven = requirements.filter(({ what, proof }) => {
      const isRest = proof.split('; ').length !== referencesIn(proof).length;
      const needsNone = /^(Not applicable: .{10}|\*Not met\*)/.test(what);
      return needsNone ? proof !== '' : isRest;
    });
    expect(unproven).toEqual([]);
  });

  it('lists what is not met, or met in part, with its reason', () => {
    const [, list = ''] = documentation.split('\n## Not met, or met in part\n');
    const entries = [...list.matchAll(/^- \*\*([\d., ]+)\*\*.*?: (.+)$/gm)];
    const explained = new Set(entries.flatMap(([, numbers = '']) => numbers.split(', ')));
    const short = requirements.filter(({ what }) => /\*(In part|Not met)\*/i.test(what)).map(({ number }) => number);
    expect(short.length).toBeGreaterThan(10);
    expect(short.filter((number) => !explained.has(number))).toEqual([]);
    const known = new Set(requirements.map(({ number }) => number));
    expect([...explained].filter((number) => !known.has(number))).toEqual([]);
  });

  it('tells of every operation that opens a session', () => {
    const { supergraph } = loadSupergraph(read('router/supergraph.graphql'), {});
    const mutations = Object.values(supergraph.apiSchema().toGraphQLJSSchema().getMutationType()?.getFields() ?? {});
    const opening = mutations.filter(({ type }) => {
      const payload = 'ofType' in type ? type.ofType : type;
      return isObjectType(payload) && 'session' in payload.getFields();
    });
    expect(opening.length).toBeGreaterThan(3);
    const [, ways = ''] = /\n## Ways to sign in\n(.*?)\n## /s.exec(documentation) ?? [];
    const table = ways.split('\n').filter((line) => line.startsWith('|'));
    const told = new Set(table.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name)));
    expect(opening.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
  });

  it('tells the lifetimes of sessions as the settings have them', () => {
    const secrets = ['VIEWER_SECRET', 'SIGNING_KEY_SECRET', 'ACCOUNT_SECRET'].map((name) => [name, 'x'.repeat(32)]);
    const database = { DATABASE_URL: 'postgres://localhost/chorus_auth' };
    const settings = parseSettings(serviceSettingsSchema, { ...database, ...Object.fromEntries(secrets) });
    expect(documentation).toContain(
      `${settings.REFRESH_TOKEN_TTL_SECONDS / 86_400} days, \`REFRESH_TOKEN_TTL_SECONDS\``,
    );
    expect(documentation).toContain(`${settings.SESSION_TTL_SECONDS / 86_400} days, \`SESSION_TTL_SECONDS\``);
    expect(documentation).toContain(`${settings.ACCESS_TOKEN_TTL_SECONDS / 60} minutes, \`ACCESS_TOKEN_TTL_SECONDS\``);
    expect(documentation).toContain(`${recentAuthenticationMilliseconds / 60_000} minutes after a proof`);
  });

  it('names the words that no password is made of', () => {
    const [, list = ''] = /const ownWords = \[(.+)\]/.exec(read('subgraphs/auth/passwords/rules.ts')) ?? [];
    const words = [...list.matchAll(/'(\w+)'/g)].map(([, word]) => word);
    const [, told = ''] = /\*\*Words that no password is made of\*\*:(.+)/.exec(documentation) ?? [];
    expect(words.length).toBeGreaterThan(0);
    expect([...words, 'APP_NAME'].filter((word) => !told.includes(`\`${word}\``))).toEqual([]);
  });
});
