import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const files = globSync(['{platform,router,subgraphs,tools,test}/**/*.test.ts']);
/** Files that move the clock or put something in the place of a module: nobody else may share their process. */
const needIsolation = files.filter((file) => /\bvi\b|atLater/.test(readFileSync(file, 'utf8')));

/** These take longest by far; begun last, they would keep one core busy while the other has nothing left. */
const longest = [
  ...[
    'read-state',
    'sends-and-kills',
    'injection',
    'mass-watch',
    'protection',
    'engine',
    'start',
    'processes',
    'replay',
  ],
  ...['random-cuts', 'room-log', 'durable-events', 'signals', 'slow-consumers', 'outages'],
];

/** The longest first, also where nothing is known of how long files took the last time. */
class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) =>
      (longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`)) + longest.length + 1) % (longest.length + 1);
    return (await super.sort(specifications)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  // GraphQL.js must be one module for all. Vite would take the ESM build for our imports, where Node, and with it every
  // library, takes the CommonJS one.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    globalSetup: ['test/global-setup.ts'],
    // Each file starts stacks of its own; more of them at once than there are cores would only be slower.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test waits for events and never for time: one that needs this long hangs.
    teardownTimeout: 30_000,
    env: { NODE_ENV: 'test' },
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: needIsolation } },
      // What all files import is read once by each worker, and not again for every file.
      {
        extends: true,
        test: { name: 'together', include: files.filter((file) => !needIsolation.includes(file)), isolate: false },
      },
    ],
  },
});
