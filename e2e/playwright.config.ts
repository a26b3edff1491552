import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./chromium.ts";

export default defineConfig({
  testDir: "./tests",
  outputDir: "./test-results",
  fullyParallel: false,
  // A file's tests stand on one another; two files do not. A browser and its desk use a little more than half of two cores.
  workers: 2,
  // On a machine that may be busy: what hangs ends, and what is slow does not fail.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [["list"], ["json", { outputFile: ".test-results/report.json" }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "America/New_York",
    // A sixth of a run's time would go into traces that nobody opens: ask for one with --trace on.
    screenshot: "only-on-failure",
    launchOptions: { executablePath: await chromiumPath(), args: chromiumArguments },
  },
});
