import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const fixedSeed = "../../packages/brokers/src/testing/fixedSeed.ts";

export default defineConfig({
  plugins: [react()],
  test: {
    maxWorkers: 2,
    // On a machine that may be busy.
    testTimeout: 30_000,
    // Logic runs without a page, which is most of the time of a run.
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          isolate: false,
          include: ["src/**/*.test.ts"],
          setupFiles: ["src/testing/quietConsole.ts", fixedSeed],
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          environment: "happy-dom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/testing/quietConsole.ts", "src/testing/cleanPage.ts"],
        },
      },
    ],
  },
});
