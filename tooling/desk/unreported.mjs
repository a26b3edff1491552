import { mkdirSync, writeFileSync } from "node:fs";

/** A vitest reporter: keeps what the JSON report leaves out, beside it. */
export default class Unreported {
  /** Why each test was skipped. @type {Record<string, string>} */
  #skipReasons = {};

  onTestCaseResult(test) {
    const { state, note } = test.result();
    if (state === "skipped" && note !== undefined) this.#skipReasons[test.fullName.replaceAll(" > ", " ")] = note;
  }

  onTestRunEnd(modules, unhandledErrors) {
    /** Of hooks and of loading, by file: their tests are reported as skipped, or not at all. */
    const hookErrors = {};
    for (const module of modules) {
      const errors = [module, ...module.children.allSuites()].flatMap((suite) => suite.errors());
      if (errors.length > 0) hookErrors[module.moduleId] = errors.map(text);
    }
    const unhandled = unhandledErrors.map((error) => ({ file: error.VITEST_TEST_PATH ?? null, text: text(error) }));
    mkdirSync(".test-results", { recursive: true });
    const kept = { skipReasons: this.#skipReasons, hookErrors, unhandled };
    writeFileSync(".test-results/unreported.json", JSON.stringify(kept));
  }
}

const text = ({ message, stack }) => stack ?? message;
