import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root, run, turbo } from "./run.mjs";

/** Every package that has tests, with the report that its runner leaves behind. */
const reports = [
  ["packages/brokers", "vitest"],
  ["packages/db", "vitest"],
  ["apps/server", "vitest"],
  ["apps/web", "vitest"],
  ["tooling", "vitest"],
  ["e2e", "playwright"],
].map(([folder, runner]) => ({ folder, runner, file: path.join(root, folder, ".test-results/report.json") }));

/** Checks that have no tests inside count as one each. */
const checks = [
  ["lint", () => run("node_modules/.bin/oxlint", ["--config", ".oxlintrc.json"])],
  ["format", () => run("node_modules/.bin/oxfmt", ["--check"])],
  ["unused code", () => run("node_modules/.bin/knip", ["--no-progress"])],
  ["typecheck", () => turbo(["typecheck"])],
  ["build", () => turbo(["build", "template"])],
];

/** Runs everything, whatever fails on the way; prints the count last and answers 1 when anything failed. */
export async function runChecks() {
  /** @type {{ passed: number, failed: number, skipped: string[] }} */
  const total = { passed: 0, failed: 0, skipped: [] };
  for (const [name, check] of checks) {
    heading(name);
    const code = await check();
    if (code === 0) total.passed += 1;
    else total.failed += 1;
  }
  for (const { file } of reports) rmSync(file, { force: true });
  heading("test");
  const testCode = await turbo(["test"], { args: ["--continue=always", "--concurrency", "1"] });
  heading("browser journey");
  const journeyCode = await turbo(["e2e"]);

  for (const report of reports) add(total, report);
  if (total.failed === 0 && (testCode !== 0 || journeyCode !== 0)) total.failed += 1;
  if (total.skipped.length > 0)
    process.stdout.write(`\nSkipped:\n${total.skipped.map((title) => `  - ${title}\n`).join("")}`);
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : "";
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return total.failed === 0 ? 0 : 1;
}

function heading(name) {
  process.stdout.write(`\n== ${name}\n`);
}

/** A package without a report has not run: that is a failure, never a silence. */
function add(total, { folder, runner, file }) {
  if (!existsSync(file)) {
    process.stdout.write(`${folder}: no report of its tests\n`);
    total.failed += 1;
    return;
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  const reasonsFile = path.join(path.dirname(file), "skips.json");
  const reasons = existsSync(reasonsFile) ? JSON.parse(readFileSync(reasonsFile, "utf8")) : {};
  const tests = runner === "vitest" ? vitestTests(report) : playwrightTests(report.suites ?? []);
  for (const { title, status } of tests) {
    if (status === "passed") total.passed += 1;
    else if (status === "skipped") total.skipped.push(`${folder}: ${title}${reasonOf(reasons, title)}`);
    else {
      total.failed += 1;
      process.stdout.write(`failed: ${folder}: ${title}\n`);
    }
  }
}

function reasonOf(reasons, title) {
  return Object.hasOwn(reasons, title) ? ` (${reasons[title]})` : "";
}

function vitestTests(report) {
  return report.testResults.flatMap((suite) => {
    // A file that cannot be loaded has no tests in it, and fails.
    if (suite.assertionResults.length === 0) return [{ title: suite.name, status: suite.status }];
    return suite.assertionResults.map(({ fullName, status }) => ({
      title: fullName,
      status: status === "pending" || status === "todo" ? "skipped" : status,
    }));
  });
}

function playwrightTests(suites) {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({
        title: spec.title,
        status: test.status === "expected" ? "passed" : test.status === "skipped" ? "skipped" : "failed",
      })),
    ),
    ...playwrightTests(suite.suites ?? []),
  ]);
}
