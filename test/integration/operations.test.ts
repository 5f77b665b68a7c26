import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registrationPace } from '../../subgraphs/auth/accounts/registration-pace.ts';
import { mailsOfAccountPace } from '../../subgraphs/auth/emails/service.ts';
import { oauthStartPace } from '../../subgraphs/auth/identities/flow.ts';
import { passkeyLoginPace } from '../../subgraphs/auth/passkeys/paces.ts';
import { passwordPaces } from '../../subgraphs/auth/passwords/paces.ts';
import { totpPaces } from '../../subgraphs/auth/second-factors/guessing.ts';
import { loginPaces } from '../../subgraphs/auth/sessions/login-paces.ts';
import type { Pace } from '../../subgraphs/auth/throttle.ts';
import { wrongCodePace } from '../../subgraphs/auth/tickets/redeem.ts';
import { repositoryRoot } from '../../tools/command-line.ts';
import { listInterpolations } from './deployment/compose.ts';
import { defaultOf, schemas } from './deployment/settings.ts';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const documentation = read('docs/OPERATIONS.md');
const rows = documentation
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');
  const entries = lines.flatMap((line, index) => {
    const [, comment, name, value = ''] = /^(# ?)?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value, isSet: comment === undefined, above: lines[index - 1] ?? '' }];
  });
  const namesOf = (operator: string) =>
    new Set(listInterpolations().flatMap((use) => (use.operator === operator ? [use.name] : [])));

  it('lists every variable that docker-compose.yml fills in', () => {
    const listed = new Set(entries.map(({ name }) => name));
    expect([...namesOf(':-'), ...namesOf(':?')].filter((name) => !listed.has(name))).toEqual([]);
  });

  it('sets exactly what docker-compose.yml requires, and leaves each for its owner to fill in', () => {
    const set = entries.filter(({ isSet }) => isSet);
    expect(new Set(set.map(({ name }) => name))).toEqual(namesOf(':?'));
    expect(set.map(({ value }) => value).filter(Boolean)).toEqual([]);
  });

  it('tells of each that must be filled in how to make one', () => {
    expect(entries.filter(({ isSet, above }) => isSet && !above.includes('`openssl rand'))).toEqual([]);
  });

  it('explains every entry in the line above it', () => {
    expect(entries.filter(({ above }) => !/^# .{20}/.test(above))).toEqual([]);
  });

  it('shows the default of every setting that has one', () => {
    const wrong = entries.filter(({ name, value, isSet }) => {
      const defaults = Object.values(schemas).flatMap((schema) =>
        name in schema.shape ? [defaultOf(schema, name)] : [],
      );
      const fixed = defaults.filter((each) => each !== 'none' && each !== 'required');
      return !isSet && fixed.length > 0 && !fixed.includes(value);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the settings in docs/OPERATIONS.md', () => {
  const documented = rows.flatMap(([setting = '', of = '', standard = '']) => {
    const name = /^`([A-Z][A-Z0-9_]*)`$/.exec(setting)?.[1];
    return name === undefined ? [] : of.split(', ').map((process) => [`${process} ${name}`, standard] as const);
  });

  it('are those that the processes have, each with its default', () => {
    const actual = Object.entries(schemas).flatMap(([process, schema]) =>
      Object.keys(schema.shape).map((name) => [`${process} ${name}`, defaultOf(schema, name)] as const),
    );
    expect(actual.length).toBeGreaterThan(30);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(actual));
  });

  it('are each listed once', () => {
    expect(documented.length).toBe(new Set(documented.map(([key]) => key)).size);
  });
});

/** Rows that say where their value comes from: `name` in `path`. */
const valueRows = rows.flatMap(([what = '', value = '', where = '']) => {
  const [, name, path] = /^`([^`]+)` in `([^`]+)`$/.exec(where) ?? [];
  return name === undefined || path === undefined ? [] : [{ what, value, name, path }];
});

describe('the values in docs/OPERATIONS.md', () => {
  it.each(valueRows)('are true: $what, $value', ({ value, name, path }) => {
    const source = read(path);
    if (/^\{\d+,\d+\}$/.test(name)) {
      // A pattern's own bounds.
      expect(source).toContain(name);
      expect(name.match(/\d+/g)).toContain(/\d+/.exec(value)?.[0]);
      return;
    }
    expect(amountIn(value, name)).toBe(findConstant(source, name));
  });

  it('include every number in the sources that is named a limit', () => {
    const sources = globSync('{platform,router,subgraphs}/**/*.ts', { cwd: repositoryRoot });
    const limits = sources.flatMap((path) => {
      const found = read(path).matchAll(/\bconst (\w+Limit(?:Milliseconds|Bytes)?) = \d/g);
      return [...found].map(([, name]) => `${name} in ${path}`);
    });
    expect(limits.length).toBeGreaterThan(10);
    const listed = new Set(valueRows.map(({ name, path }) => `${name} in ${path}`));
    expect(limits.filter((limit) => !listed.has(limit))).toEqual([]);
  });
});

describe('docs/OPERATIONS.md', () => {
  it('names every metric of our own', () => {
    const sources = globSync('{platform,router,subgraphs}/**/*.ts', { cwd: repositoryRoot });
    const metrics = sources.flatMap((path) => read(path).match(/(?<=name: ')chorus_\w+/g) ?? []);
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.filter((name) => !documentation.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the paces in docs/OPERATIONS.md', () => {
  const paces: Record<string, readonly Pace[]> = {
    'sessions/login-paces.ts': [loginPaces.fromAddressAtLogin, loginPaces.fromAddress, loginPaces.strangersAtLogin],
    'second-factors/guessing.ts': [totpPaces.fromKnownAddress, totpPaces.fromStrangers],
    'passwords/paces.ts': [
      passwordPaces.proofsOfAccount,
      passwordPaces.resetsOfEmail,
      passwordPaces.resetsOfEmailByStrangers,
      passwordPaces.resetsFromAddress,
    ],
    'tickets/redeem.ts': [wrongCodePace],
    'emails/service.ts': [mailsOfAccountPace],
    'accounts/registration-pace.ts': [registrationPace({ REGISTRATIONS_PER_HOUR: 20 })],
    'passkeys/paces.ts': [passkeyLoginPace],
    'identities/flow.ts': [oauthStartPace],
  };
  const amount = (text: string) => amountIn(text, 'Milliseconds');

  it.each(Object.entries(paces))('are those of %s', (path, expected) => {
    const documented = rows
      .filter((cells) => cells.at(-1) === `\`subgraphs/auth/${path}\``)
      .map(([, free = '', delays = '', window = '']) => {
        const [first = '', longest = ''] = delays.split(', ');
        const freeAttempts = free === '`REGISTRATIONS_PER_HOUR`' ? 20 : Number(free);
        return [freeAttempts, amount(first), amount(longest), amount(window)];
      });
    expect(documented).toEqual(
      expected.map((pace) => [
        pace.freeAttempts,
        pace.firstDelayMilliseconds,
        pace.longestDelayMilliseconds,
        pace.windowMilliseconds,
      ]),
    );
  });

  it('are all that there are', () => {
    const sources = globSync('subgraphs/**/*.ts', { cwd: repositoryRoot });
    const kinds = sources.flatMap((path) => read(path).match(/(?<=kind: ')[a-z0-9-]+(?=',\s+freeAttempts)/g) ?? []);
    const known = Object.values(paces).flatMap((list) => list.map(({ kind }) => kind));
    expect(kinds.toSorted()).toEqual(known.toSorted());
  });
});

const milliseconds: Record<string, number> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, days: 86_400_000 };

/** The documented value in the unit of the constant, which its name tells. */
function amountIn(value: string, name: string): number {
  const [, digits = '', unit = ''] = /^([\d,]+) ?(\S*)/.exec(value) ?? [];
  const count = Number(digits.replaceAll(',', ''));
  if (unit === 'MiB') return count * 1024 * 1024;
  if (unit === 'KiB') return count * 1024;
  const time = milliseconds[unit];
  if (time === undefined) return count;
  if (/Seconds$/.test(name) && !/Milliseconds$/.test(name)) return (count * time) / 1_000;
  return /Days$/.test(name) ? (count * time) / 86_400_000 : count * time;
}

/** A number that a source gives a name: `const name = 2 * 1024` or `name: 5_000`. */
function findConstant(source: string, name: string): number | undefined {
  const [, expression] = new RegExp(`\\b${name}(?: =|:) ([\\d_ *]+)[;,\\s}]`).exec(source) ?? [];
  return expression
    ?.replaceAll('_', '')
    .split('*')
    .reduce((product, factor) => product * Number(factor), 1);
}
