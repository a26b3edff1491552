import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./run.mjs";

/**
 * One test of a run, or one failure that no test is to blame for.
 * @typedef {object} Outcome
 * @property {string} folder its package: "apps/server"
 * @property {string | null} file absolute; null where no file is known
 * @property {string} title
 * @property {"passed" | "failed" | "skipped"} status
 * @property {boolean} isTest
 * @property {string} reason why it was skipped, where that is known
 * @property {readonly string[]} errors
 */

const reportOf = (folder) => path.join(root, folder, ".test-results/report.json");
const unreportedOf = (folder) => path.join(root, folder, ".test-results/unreported.json");

/** Removes what an earlier run left, so that it cannot be taken for this one's. */
export function forgetReport({ folder }) {
  rmSync(reportOf(folder), { force: true });
  rmSync(unreportedOf(folder), { force: true });
}

/** @returns {Outcome[]} A package without a report has not run: that is a failure, never a silence. */
export function readReport({ folder, runner }) {
  const report = readJson(reportOf(folder));
  const outcomes =
    report === null
      ? [failure(null, "no report of its tests", [])]
      : runner === "vitest"
        ? vitestOutcomes(report, readJson(unreportedOf(folder)))
        : playwrightOutcomes(report);
  return outcomes.map((outcome) => ({ ...outcome, folder, errors: outcome.errors.map(stripVTControlCharacters) }));
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

const failure = (file, title, errors) => ({ file, title, status: "failed", isTest: false, reason: "", errors });

/** @param {{ skipReasons: object, hookErrors: object, unhandled: object[] } | null} unreported null where it crashed */
export function vitestOutcomes(report, unreported) {
  const { skipReasons = {}, hookErrors = {}, unhandled = [] } = unreported ?? {};
  const outcomes = report.testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const tests = assertionResults.map((test) => ({
      file,
      title: test.fullName,
      status: test.status === "pending" || test.status === "todo" ? "skipped" : test.status,
      isTest: true,
      reason: Object.hasOwn(skipReasons, test.fullName) ? skipReasons[test.fullName] : "",
      errors: test.failureMessages,
    }));
    const errors = hookErrors[file] ?? (message === "" ? [] : [message]);
    const isExplained = tests.some((test) => test.status === "failed");
    return errors.length > 0 || (status === "failed" && !isExplained)
      ? [...tests, failure(file, `${path.basename(file)}, outside of its tests`, errors)]
      : tests;
  });
  return [...outcomes, ...unhandled.map(({ file, text }) => failure(file, "an error that nobody handled", [text]))];
}

export function playwrightOutcomes(report) {
  const specs = (suites) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specs(suite.suites ?? [])]);
  const tests = specs(report.suites).flatMap(({ title, file, tests: runs }) =>
    runs.map(({ status, annotations, results }) => ({
      file: path.join(report.config.rootDir, file),
      title,
      status: status === "expected" ? "passed" : status === "skipped" ? "skipped" : "failed",
      isTest: true,
      reason: annotations.find(({ type }) => type === "skip")?.description ?? "",
      errors: results.flatMap(({ errors }) => errors.map(({ message, value }) => message ?? String(value))),
    })),
  );
  const others = report.errors.map((error) =>
    failure(error.location?.file ?? null, "outside of any test", [error.message]),
  );
  return [...tests, ...others];
}
