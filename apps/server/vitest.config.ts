import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,bench}/**/*.test.ts"],
    maxWorkers: 2,
    // One worker's files share their modules, which have no state of their own: loading them anew was a third of the run.
    isolate: false,
    setupFiles: ["../../packages/brokers/src/testing/fixedSeed.ts"],
    // A whole desk on a real database, on a machine that may be busy: what hangs ends, and what is slow does not fail.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
