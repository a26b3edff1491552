import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // A whole desk on a real database, on a machine that may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
