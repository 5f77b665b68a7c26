import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { shutdownLimitMilliseconds } from '../../platform/process.ts';
import { parseSettings } from '../../platform/settings.ts';
import { repositoryRoot } from '../../tools/command-line.ts';
import { readSubgraphEntries } from '../../tools/supergraph.ts';
import {
  type ComposeService,
  environmentOf,
  findSchemaErrors,
  listInterpolations,
  parseDuration,
  services,
} from './deployment/compose.ts';
import { findInstruction, isInBuildContext, isInImage, listCopiedPaths, stages } from './deployment/image.ts';
import { findNeeds } from './deployment/imports.ts';
import { type ProcessName, processes, processNames } from './deployment/settings.ts';

const secret = 'x'.repeat(48);
const variables = {
  POSTGRES_PASSWORD: 'password',
  VIEWER_SECRET: secret,
  SIGNING_KEY_SECRET: secret,
  ACCOUNT_SECRET: secret,
  CHAT_ENCRYPTION_KEYS: `test:${Buffer.alloc(32).toString('base64')}`,
};

const subgraphs = processNames.filter((name) => name !== 'router');
const serviceOf = (name: string): ComposeService => {
  const service = services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}.`);
  return service;
};
const serviceNames = Object.keys(services);
const ownServiceNames = serviceNames.filter((name) => serviceOf(name).image.startsWith('chorus:'));
const isOneShot = (name: string) => serviceOf(name).restart === 'no';
const defaultPort = (name: ProcessName) => processes[name].shape.PORT.parse(undefined);

describe('docker-compose.yml', () => {
  it('fits the schema of the compose specification', () => {
    expect(findSchemaErrors()).toEqual([]);
  });

  it('runs the router and every subgraph of supergraph.yaml, and migrates the database of each', async () => {
    const names = (await readSubgraphEntries()).map(({ name }) => name);
    const expected = ['router', ...names, ...names.map((name) => `migrate-${name}`), 'postgres', 'redis'];
    expect(serviceNames.toSorted()).toEqual(expected.toSorted());
  });

  it('gives each process a command, and each migration its subgraph, that this repository and the image have', () => {
    expect(serviceOf('router').command).toEqual(['router/main.ts']);
    for (const name of subgraphs) {
      expect(serviceOf(name).command).toEqual([`subgraphs/${name}/main.ts`]);
      expect(serviceOf(`migrate-${name}`).command).toEqual(['tools/migrate.ts', '--own-database', name]);
    }
    const programs = ownServiceNames.map((name) => serviceOf(name).command?.[0] ?? '');
    expect(programs.filter((path) => !existsSync(join(repositoryRoot, path)) || !isInImage(path))).toEqual([]);
  });

  // A path would mean a file inside the container, which whoever mounts it there names along with the mount.
  const notHandedOn = ['SUPERGRAPH_FILE'];

  it.each(processNames)('hands %s every setting that it has, and no other', (name) => {
    const settings = Object.keys(processes[name].shape).filter((setting) => !notHandedOn.includes(setting));
    expect(Object.keys(serviceOf(name).environment ?? {}).toSorted()).toEqual(settings.toSorted());
  });

  it.each(processNames)('gives %s an environment that it starts with in production', (name) => {
    const schema: z.ZodObject = processes[name];
    const settings = parseSettings(schema, environmentOf(name, variables));
    expect(settings).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0', REDIS_URL: 'redis://redis:6379' });
  });

  it('leaves every setting that it does not need to change at its default', () => {
    const changed = [
      'NODE_ENV',
      'HOST',
      'PORT',
      'REDIS_URL',
      'SUBGRAPH_URLS',
      'VIEWER_SECRET',
      'SIGNING_KEY_SECRET',
      'ACCOUNT_SECRET',
      'CHAT_ENCRYPTION_KEYS',
    ];
    for (const name of processNames) {
      const environment = environmentOf(name, variables);
      const set = Object.keys(environment).filter((key) => environment[key] !== '');
      expect(set.filter((key) => !changed.includes(key) && key !== 'DATABASE_URL')).toEqual([]);
    }
  });

  it.each(Object.keys(variables))('says what to do when %s is missing', (missing) => {
    const present = { ...variables, [missing]: '' };
    const start = () => serviceNames.map((name) => environmentOf(name, present));
    expect(start).toThrow(new RegExp(`^${missing}: .*\\.env`));
  });

  it('says the same of a variable wherever it stands', () => {
    const restByName = Map.groupBy(listInterpolations(), ({ name }) => name);
    for (const [name, uses] of restByName) {
      expect({ name, rests: new Set(uses.map(({ operator, rest }) => operator + rest)).size }).toEqual({
        name,
        rests: 1,
      });
    }
  });

  it('gives each subgraph, and its migration, a database of its own', () => {
    const urls = subgraphs.map((name) => environmentOf(name, variables)['DATABASE_URL']);
    expect(urls).toEqual(subgraphs.map((name) => `postgresql://chorus:password@postgres:5432/chorus_${name}`));
    for (const [index, name] of subgraphs.entries()) {
      expect(environmentOf(`migrate-${name}`, variables)).toEqual({ DATABASE_URL: urls[index] });
    }
  });

  it('lets every process listen where the others and the health check look for it', () => {
    const { SUBGRAPH_URLS } = parseSettings(processes.router, environmentOf('router', variables));
    const ports = processNames.map((name) => Number(environmentOf(name, variables)['PORT']));
    expect(ports).toEqual(processNames.map(defaultPort));
    expect(SUBGRAPH_URLS).toEqual(
      Object.fromEntries(subgraphs.map((name) => [name, `http://${name}:${defaultPort(name)}/graphql`])),
    );
    expect(findInstruction('EXPOSE')).toBe(ports.join(' '));
  });

  it('publishes the router and nothing else', () => {
    expect(serviceOf('router').ports).toEqual([`\${ROUTER_PORT:-${defaultPort('router')}}:${defaultPort('router')}`]);
    expect(serviceNames.filter((name) => serviceOf(name).ports)).toEqual(['router']);
  });

  it('checks the health of every service that stays, and starts it again when it ends', () => {
    const staying = serviceNames.filter((name) => !isOneShot(name));
    expect(staying.filter((name) => !serviceOf(name).healthcheck)).toEqual([]);
    expect(staying.filter((name) => serviceOf(name).restart !== 'unless-stopped')).toEqual([]);
  });

  it('waits for health where health is checked, and for the end of what ends', () => {
    const conditions = serviceNames.flatMap((name) =>
      Object.entries(serviceOf(name).depends_on ?? {}).map(([target, { condition }]) => ({ name, target, condition })),
    );
    const wrong = conditions.filter(({ target, condition }) =>
      isOneShot(target) ? condition !== 'service_completed_successfully' : condition !== 'service_healthy',
    );
    expect(wrong).toEqual([]);
    expect(conditions.filter(({ target }) => !isOneShot(target) && !serviceOf(target).healthcheck)).toEqual([]);
  });

  it('starts everything after what it needs', () => {
    const needsOf = (name: string) => Object.keys(serviceOf(name).depends_on ?? {}).toSorted();
    expect(needsOf('router')).toEqual(['redis', ...subgraphs].toSorted());
    for (const name of subgraphs) {
      expect(needsOf(name)).toEqual([`migrate-${name}`, 'postgres', 'redis']);
      expect(needsOf(`migrate-${name}`)).toEqual(['postgres']);
    }
  });

  it('waits longer for a process to stop than the process takes', () => {
    for (const name of processNames) {
      expect(parseDuration(serviceOf(name).stop_grace_period ?? '')).toBeGreaterThan(shutdownLimitMilliseconds);
    }
  });

  it('takes every right from a container that it does not need', () => {
    for (const name of serviceNames) {
      const { read_only, cap_drop, cap_add, security_opt, privileged } = serviceOf(name);
      expect({ name, read_only, cap_drop, cap_add, security_opt, privileged }).toEqual({
        name,
        read_only: true,
        cap_drop: ['ALL'],
        cap_add: undefined,
        security_opt: ['no-new-privileges:true'],
        privileged: undefined,
      });
    }
    expect(ownServiceNames.filter((name) => serviceOf(name).init !== true)).toEqual([]);
  });

  it('builds one image once, and every process is of it', () => {
    expect(new Set(ownServiceNames.map((name) => serviceOf(name).image)).size).toBe(1);
    expect(serviceNames.filter((name) => serviceOf(name).build)).toEqual(['router']);
    expect(ownServiceNames).toEqual(expect.arrayContaining([...processNames]));
  });

  it.each([
    ['passes when the process is ready', 200, 0],
    ['fails when the process is not ready', 503, 1],
    ['fails when nobody answers', undefined, 1],
  ])('has a health check that %s', async (_title, status, exitCode) => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/health/ready' ? (status ?? 500) : 404).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    if (status === undefined) await new Promise((resolve) => server.close(resolve));
    const [, program, ...args] = serviceOf('chat').healthcheck?.test ?? [];
    expect(program).toBe('node');
    const outcome = await promisify(execFile)(process.execPath, args, { env: { PORT: String(port) } }).then(
      () => 0,
      ({ code }: { code: number }) => code,
    );
    if (status !== undefined) server.close();
    expect(outcome).toBe(exitCode);
  });
});

describe('Dockerfile', () => {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  /** What runs in a container: by compose, or by an operator as docs/OPERATIONS.md says. */
  const programs = [
    ...new Set(ownServiceNames.map((name) => serviceOf(name).command?.[0] ?? '')),
    'tools/dead-letters.ts',
    'tools/tour.ts',
  ];

  it.each(programs)('puts everything into the image that %s imports', (program) => {
    const { files, packages } = findNeeds(program);
    expect(files.size).toBeGreaterThan(3);
    expect([...files].filter((path) => !isInImage(path))).toEqual([]);
    expect([...packages].filter(([name]) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('puts the migrations of every subgraph into the image', () => {
    expect(subgraphs.filter((name) => !isInImage(`prisma/${name}/schema.prisma`))).toEqual([]);
    expect(subgraphs.filter((name) => !isInImage(`prisma/${name}/migrations/1_x/migration.sql`))).toEqual([]);
  });

  it('copies nothing into the image that does not exist', () => {
    expect(listCopiedPaths().filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });

  it.each(['.env', '.git/HEAD', '.data/secrets/viewer', 'node_modules/a.js', 'test/a.ts', 'platform/a.test.ts'])(
    'never sees %s',
    (path) => {
      expect(isInBuildContext(path)).toBe(false);
    },
  );

  it('names a version of every image that it, and compose, starts from', () => {
    const images = [...stages.map(({ base }) => base), ...serviceNames.map((name) => serviceOf(name).image)];
    const pinned = /^(?:[a-z]+:\d[\w.-]*|chorus:\$\{CHORUS_VERSION:-local\})$/;
    expect(images.filter((image) => !pinned.test(image))).toEqual([]);
  });

  it('uses the Node of package.json', () => {
    const oldest = Number(/\d+/.exec(manifest.engines.node)?.[0]);
    for (const { base } of stages) expect(Number(/^node:(\d+)/.exec(base)?.[1])).toBeGreaterThanOrEqual(oldest);
  });

  it('runs as a user who is not root, told by number', () => {
    expect(findInstruction('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('runs what its argument names', () => {
    expect(JSON.parse(findInstruction('ENTRYPOINT') ?? '')).toEqual(['node']);
    expect(JSON.parse(findInstruction('CMD') ?? '')).toEqual(['router/main.ts']);
  });
});
