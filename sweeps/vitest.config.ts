import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // Processes that are killed and started anew, on a machine that may be busy.
    testTimeout: 600_000,
    hookTimeout: 60_000,
    // Each of them wants both cores.
    fileParallelism: false,
  },
});
