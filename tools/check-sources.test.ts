import { describe, expect, it } from 'vitest';
import { findForbiddenImports, findUntidiness } from './check-sources.ts';

const importing = (path: string, specifier: string) =>
  findForbiddenImports({ path, content: `import { a } from '${specifier}';` });

describe('findForbiddenImports', () => {
  it.each([
    ['subgraphs/chat/main.ts', './server.ts'],
    ['subgraphs/chat/resolvers.ts', './service.ts'],
    ['subgraphs/chat/service.ts', './repository.ts'],
    ['subgraphs/chat/repository.ts', '../../prisma/chat/client/client.ts'],
    ['subgraphs/chat/repository.ts', '@prisma/adapter-pg'],
    ['subgraphs/chat/server.ts', '@apollo/server'],
    ['tools/schema-engine.ts', '@prisma/adapter-pg'],
    ['subgraphs/chat/policy.ts', '../../platform/viewer.ts'],
    ['router/main.ts', '../platform/errors.ts'],
    ['tools/start.ts', '../subgraphs/chat/server.ts'],
    ['platform/errors.test.ts', '../test/harness.ts'],
  ])('lets %s import %s', (path, specifier) => {
    expect(importing(path, specifier)).toEqual([]);
  });

  it.each([
    ['platform/errors.ts', '../router/main.ts'],
    ['router/main.ts', '../subgraphs/chat/server.ts'],
    ['subgraphs/chat/service.ts', '../user/service.ts'],
    ['subgraphs/chat/rooms/service.ts', '../../user/service.ts'],
    ['subgraphs/chat/service.ts', '../../tools/env.ts'],
    ['subgraphs/chat/service.ts', '../../prisma/chat/client/client.ts'],
    ['subgraphs/chat/server.ts', '../../prisma/chat/client/client.ts'],
    ['subgraphs/chat/server.ts', '@prisma/adapter-pg'],
    ['subgraphs/chat/events.ts', '@prisma/client'],
    ['subgraphs/chat/service.ts', '@prisma/client/runtime/client'],
    ['subgraphs/chat/repository.ts', '../../prisma/user/client/client.ts'],
    ['subgraphs/chat/service.ts', './resolvers.ts'],
    ['subgraphs/chat/policy.ts', './repository.ts'],
  ])('does not let %s import %s', (path, specifier) => {
    expect(importing(path, specifier)).toHaveLength(1);
  });

  it('sees every form of import', () => {
    const forms = [
      "import '../router/a.ts';",
      "const b = await import('../router/b.ts');",
      "export { c } from '../router/c.ts';",
    ];
    expect(findForbiddenImports({ path: 'platform/a.ts', content: forms.join('\n') })).toHaveLength(3);
  });
});

describe('findUntidiness', () => {
  it('finds leftovers by their line', () => {
    const content = `const a = 1;\n// ${'TO'}DO: more\nit${'.only'}('works', () => {});`;
    expect(findUntidiness({ path: 'a.ts', content })).toEqual([
      'a.ts:2 has an unfinished thing',
      'a.ts:3 has a test switched off, or one that switches off the others',
    ]);
  });

  const usesOfEnvironment = [
    ...['process.env.PORT', "process.env['PORT']", "process['env'].PORT", 'const { env } = process;'],
    ...['const { env: { PORT } } = process;', "import { env } from 'node:process';"],
  ];

  it.each(usesOfEnvironment)('finds a use of the environment out of place: %s', (content) => {
    for (const path of ['router/server.ts', 'subgraphs/chat/server.ts', 'platform/logger.ts', 'platform/env/a.ts']) {
      expect(findUntidiness({ path, content })).toEqual([
        `${path}:1 has a use of process.env, which belongs in an env.ts`,
      ]);
    }
  });

  it.each([
    ...['router/env.ts', 'subgraphs/chat/env.ts', 'router/main.ts', 'subgraphs/chat/main.ts', 'platform/process.ts'],
    ...['tools/start.ts', 'test/harness.ts', 'test/e2e/start.test.ts', 'vitest.config.ts'],
  ])('lets %s use the environment', (path) => {
    expect(usesOfEnvironment.flatMap((content) => findUntidiness({ path, content }))).toEqual([]);
  });

  it('lets the gateway switch telemetry off in the environment, and do nothing else there', () => {
    const path = 'router/gateway.ts';
    const content = "  process.env['APOLLO_TELEMETRY_DISABLED'] ??= 'true';\n  const port = process.env['PORT'];";
    expect(findUntidiness({ path, content })).toEqual([
      `${path}:2 has a use of process.env, which belongs in an env.ts`,
    ]);
  });

  it('takes a word that only looks like the environment for what it is', () => {
    const content = "import { parseSettings } from './env.ts';\nconst processes = { environment };";
    expect(findUntidiness({ path: 'router/server.ts', content })).toEqual([]);
  });

  it('finds a file that has grown too long', () => {
    expect(findUntidiness({ path: 'a.ts', content: '\n'.repeat(400) })).toHaveLength(1);
    expect(findUntidiness({ path: 'a.ts', content: '\n'.repeat(399) })).toEqual([]);
  });
});
