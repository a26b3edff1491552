import { defineConfig } from "vitest/config";

/** The tests that a mutant has to survive: the scenarios and the quick ones beside them, not the days of chance. */
export default defineConfig({
  test: {
    include: ["src/paper/**/*.test.ts"],
    exclude: ["src/paper/**/*.property.test.ts", "src/paper/fuzz/**", "src/paper/PaperBackend*.test.ts"],
    setupFiles: ["src/testing/failOnConsole.ts"],
    restoreMocks: true,
  },
});
