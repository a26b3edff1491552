import { mkdirSync, writeFileSync } from "node:fs";

/** A vitest reporter: keeps why each test was skipped, which the JSON report leaves out. */
export default class SkipReasons {
  /** @type {Record<string, string>} */
  #reasons = {};

  onTestCaseResult(test) {
    const { state, note } = test.result();
    if (state === "skipped" && note !== undefined) this.#reasons[test.fullName.replaceAll(" > ", " ")] = note;
  }

  onTestRunEnd() {
    mkdirSync(".test-results", { recursive: true });
    writeFileSync(".test-results/skips.json", JSON.stringify(this.#reasons));
  }
}
