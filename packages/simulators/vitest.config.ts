import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    maxWorkers: 2,
    // One worker's files share their modules, which have no state of their own: loading them anew was a third of the run.
    isolate: false,
    setupFiles: ["../brokers/src/testing/failOnConsole.ts"],
    restoreMocks: true,
    // Real sockets on a machine that others want too.
    testTimeout: 60_000,
  },
});
