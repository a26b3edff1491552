import { forgetReport, readReport } from "./readReport.mjs";
import { run, turbo } from "./run.mjs";
import { firstLine, grantSecondChance, settle } from "./secondChance.mjs";

/** Every package that has tests, with what runs them and the script that starts it. */
const suites = [
  ["packages/brokers", "vitest"],
  ["packages/db", "vitest"],
  ["packages/simulators", "vitest"],
  ["apps/server", "vitest"],
  ["apps/web", "vitest"],
  ["tooling", "vitest"],
  ["sweeps", "vitest"],
  ["e2e", "playwright"],
].map(([folder, runner]) => ({ folder, runner, script: runner === "vitest" ? "test" : "e2e" }));

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
  const failedChecks = [];
  for (const [name, check] of checks) {
    heading(name);
    if ((await check()) !== 0) failedChecks.push(name);
  }
  const { outcomes, unsteady } = await runSuites();

  const failed = outcomes.filter(({ status }) => status === "failed");
  const skipped = outcomes.filter(({ status }) => status === "skipped");
  const withCause = (each) => `${name(each)}\n      ${firstLine(each)}`;
  list("Failed", [...failedChecks, ...failed.map(withCause)]);
  list(
    "Skipped",
    skipped.map((each) => `${name(each)}${each.reason === "" ? "" : ` (${each.reason})`}`),
  );
  list("Unsteady (failed once, passed alone; mend them)", unsteady.map(withCause));

  const passed = outcomes.length - failed.length - skipped.length + checks.length - failedChecks.length;
  const failures = failed.length + failedChecks.length;
  const rest = [
    ...(skipped.length > 0 ? [`, ${skipped.length} skipped`] : []),
    ...(unsteady.length > 0 ? [`, ${unsteady.length} unsteady`] : []),
  ];
  write(`\n${passed} passed, ${failures} failed${rest.join("")}\n`);
  return failures === 0 ? 0 : 1;
}

async function runSuites() {
  suites.forEach(forgetReport);
  heading("test");
  const testCode = await turbo(["test"], { args: ["--continue=always", "--concurrency", "1"] });
  heading("browser journey");
  const journeyCode = await turbo(["e2e"]);

  const first = suites.flatMap(readReport);
  for (const [code, runner] of [
    [testCode, "vitest"],
    [journeyCode, "playwright"],
  ]) {
    const folders = suites.filter((suite) => suite.runner === runner).map(({ folder }) => folder);
    const isExplained = first.some(({ folder, status }) => status === "failed" && folders.includes(folder));
    if (code !== 0 && !isExplained) first.push(unexplained(runner));
  }
  const { files, refusal } = grantSecondChance(first);
  if (refusal !== null) write(`\nNo second chance: ${refusal}.\n`);
  const repeats = [];
  for (const each of files) repeats.push(await repeat(each));
  return settle(first, repeats);
}

/** Runs one file by its package's own script, while nothing else runs. */
async function repeat({ folder, file }) {
  heading(`a second chance, alone: ${file}`);
  const suite = suites.find((each) => each.folder === folder);
  forgetReport(suite);
  // Playwright takes a pattern; it traces what goes wrong now, and leaves the pictures of the first run where they are.
  const traced = ["--trace", "retain-on-failure", "--output", "test-results/again"];
  const args = suite.runner === "vitest" ? [file] : [`${escapePattern(file)}$`, ...traced];
  const code = await run("pnpm", ["run", suite.script, ...args], { cwd: folder });
  return { file, code, outcomes: readReport(suite) };
}

const escapePattern = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const unexplained = (runner) => ({
  folder: ".",
  file: null,
  title: `${runner} failed, though each of its tests passed: look for its error above`,
  status: "failed",
  isTest: false,
  reason: "",
  errors: [],
});

const write = (text) => process.stdout.write(text);
const heading = (text) => write(`\n== ${text}\n`);
const name = ({ folder, title }) => `${folder}: ${title}`;

function list(title, lines) {
  if (lines.length > 0) write(`\n${title}:\n${lines.map((line) => `  - ${line}\n`).join("")}`);
}
