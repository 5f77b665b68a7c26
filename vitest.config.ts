import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // GraphQL.js must be one module for all. Vite would take the ESM build for our imports, where Node, and with it every
  // library, takes the CommonJS one.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['{platform,router,subgraphs,tools}/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Each file starts stacks of its own; more of them at once than there are cores would only be slower.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test waits for events and never for time: one that needs this long hangs.
    teardownTimeout: 30_000,
    env: { NODE_ENV: 'test' },
  },
});
