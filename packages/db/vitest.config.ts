import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    maxWorkers: 2,
    // One worker's files share their modules, which have no state of their own: loading them anew was a third of the run.
    isolate: false,
    setupFiles: ["../brokers/src/testing/fixedSeed.ts"],
    // A database from nothing, where no template was made, takes seconds on a busy machine.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
