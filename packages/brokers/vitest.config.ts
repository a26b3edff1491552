import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    maxWorkers: 2,
    // One worker's files share their modules, which have no state of their own: loading them anew was a third of the run.
    isolate: false,
    setupFiles: ["src/testing/failOnConsole.ts", "src/testing/fixedSeed.ts"],
    restoreMocks: true,
    // On a machine that may be busy.
    testTimeout: 60_000,
  },
});
