import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const files = globSync(['{platform,router,subgraphs,tools,test}/**/*.test.ts']);
const matching = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
/**
 * Files that put something in the place of a module, a global or the timers: nobody else may share their process. Nor has it
 * others who shows a time years ahead, or searches by time: ids of a process stay ahead when the clock goes back, search goes by
 * ids, and those from years to come are nobody's.
 */
const alone = [
  ...matching(/\bvi\.(?:mock|stubGlobal|useFakeTimers)\b/),
  ...['test/integration/security.test.ts', 'test/integration/search.test.ts'],
];
/** Files that show another time for a while share processes with their like only. */
const otherTimes = matching(/\bvi\.(?:setSystemTime|useRealTimers)\b|\batLater\b/).filter(
  (file) => !alone.includes(file),
);

/** These take longest by far; begun last, they would keep one core busy while the other has nothing left. */
const longest = [
  ...[
    'read-state',
    'injection',
    'sends-and-kills',
    'mass-watch',
    'protection',
    'engine',
    'start',
    'processes',
    'replay',
  ],
  ...['random-cuts', 'room-permissions', 'room-log', 'durable-events', 'signals', 'slow-consumers', 'outages'],
];

/** One project after the other: a process that is shared ends when the next file is of another project. */
const projectOrder = ['together', 'other times', 'alone'];

/** The longest first, also where nothing is known of how long files took the last time. */
class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project }: TestSpecification) => {
      const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return rank === -1 ? longest.length + projectOrder.indexOf(project.name) : rank;
    };
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
    // A test waits for events and never for time: one that needs this long, on any machine, hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
    // What is waited for comes when it comes: the default gives it a second.
    expect: { poll: { timeout: 30_000 } },
    env: { NODE_ENV: 'test' },
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      // What all files import is read once by each worker, and not again for every file.
      { extends: true, test: { name: 'other times', include: otherTimes, isolate: false } },
      {
        extends: true,
        test: {
          name: 'together',
          include: files.filter((file) => !alone.includes(file) && !otherTimes.includes(file)),
          isolate: false,
        },
      },
    ],
  },
});
