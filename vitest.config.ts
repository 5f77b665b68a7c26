import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const files = globSync(['{platform,router,subgraphs,tools,test}/**/*.test.ts']);
/** Files that move the clock or put something in the place of a module: nobody else may share their process. */
const needIsolation = files.filter((file) => /\bvi\b|atLater/.test(readFileSync(file, 'utf8')));

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
