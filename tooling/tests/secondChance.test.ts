import { describe, expect, it } from "vitest";
import { playwrightOutcomes, vitestOutcomes } from "../desk/readReport.mjs";
import { firstLine, grantSecondChance, settle, type Outcome } from "../desk/secondChance.mjs";

const outcome = (title: string, change: Partial<Outcome> = {}): Outcome => ({
  folder: "apps/server",
  file: "/a.test.ts",
  title,
  status: "passed",
  isTest: true,
  reason: "",
  errors: [],
  ...change,
});
const failed = (title: string, change: Partial<Outcome> = {}) =>
  outcome(title, { status: "failed", errors: ["Error: waited 10 ms\n    at seed (seed.ts:1:1)"], ...change });
const inB = { file: "/b.test.ts" };

describe("who gets a second chance", () => {
  it("[SC1] each file with a failure does, once", () => {
    expect(grantSecondChance([outcome("one")])).toEqual({ files: [], refusal: null });
    expect(grantSecondChance([failed("one"), failed("two"), failed("three", inB), outcome("four")])).toEqual({
      files: [
        { folder: "apps/server", file: "/a.test.ts" },
        { folder: "apps/server", file: "/b.test.ts" },
      ],
      refusal: null,
    });
  });

  it("[SC2] failures in more than four files get none, however many there are in one", () => {
    const inFour = ["a", "a", "b", "c", "d"].map((name, index) => failed(`${index}`, { file: `/${name}.test.ts` }));
    expect(grantSecondChance(inFour).files).toHaveLength(4);
    expect(grantSecondChance([...inFour, failed("one more", { file: "/e.test.ts" })])).toEqual({
      files: [],
      refusal: "5 files failed, more than 4",
    });
  });

  it("[SC3] a failure that no file is to blame for gets none, nor does what failed beside it", () => {
    const { files, refusal } = grantSecondChance([failed("one"), failed("no report", { file: null, isTest: false })]);
    expect(files).toEqual([]);
    expect(refusal).toContain("no file is to blame");
  });

  it.each(["crash sweep, seed 17", "Property failed after 3 tests\n{ seed: -1, path: '2' }", "Counterexample: [0]"])(
    "[SC4] a failure that names a seed or a counterexample gets none: %s",
    (message) => {
      const { files, refusal } = grantSecondChance([failed("one", { errors: ["Error: another", message] })]);
      expect(files).toEqual([]);
      expect(refusal).toContain("replay");
    },
  );
});

describe("what a second run settles", () => {
  const first = [failed("one"), outcome("two"), outcome("left out", { status: "skipped" }), outcome("three", inB)];
  const again = [outcome("one"), outcome("two"), outcome("left out", { status: "skipped" })];
  const repeat = (outcomes: readonly Outcome[], code = 0) => [{ file: "/a.test.ts", code, outcomes }];

  it("[SC5] a file that passes alone counts as passed, and its failure is told of", () => {
    const { outcomes, unsteady } = settle(first, repeat(again));
    expect(outcomes.map(({ title, status }) => `${title} ${status}`).toSorted()).toEqual([
      "left out skipped",
      "one passed",
      "three passed",
      "two passed",
    ]);
    expect(unsteady).toEqual([first[0]]);
    expect(unsteady.map(firstLine)).toEqual(["Error: waited 10 ms"]);
  });

  it("[SC6] tests that only the failure before them kept from running count as they end", () => {
    const kept = [failed("one"), outcome("two", { status: "skipped" })];
    const { outcomes } = settle(kept, repeat([outcome("one"), outcome("two")]));
    expect(outcomes.map(({ status }) => status)).toEqual(["passed", "passed"]);
  });

  it.each([
    ["the same test fails again", [failed("one"), ...again.slice(1)], 0],
    ["another test of the file fails", [outcome("one"), failed("two"), ...again.slice(2)], 0],
    ["something outside of its tests fails", [...again, failed("nobody's", { isTest: false })], 0],
    ["the runner fails", again, 1],
    ["nothing ran", [], 0],
    ["the failed test did not run", [outcome("one", { status: "skipped" }), ...again.slice(1)], 0],
    ["a test that passed did not run", [outcome("one"), outcome("two", { status: "skipped" }), ...again.slice(2)], 0],
    ["a test is missing", again.slice(0, 2), 0],
  ] as const)("[SC7] nothing is forgiven when %s", (_, outcomes, code) => {
    expect(settle(first, repeat(outcomes, code))).toEqual({ outcomes: first, unsteady: [] });
  });

  it("[SC8] one file's second run settles no other file", () => {
    const both = [failed("one"), failed("two", inB)];
    const { outcomes, unsteady } = settle(both, repeat([outcome("one")]));
    expect(outcomes.map(({ title, status }) => `${title} ${status}`)).toEqual(["two failed", "one passed"]);
    expect(unsteady).toEqual([both[0]]);
  });
});

describe("what a report says", () => {
  const suite = { name: "/a.test.ts", status: "passed", message: "" };
  const unreported = { skipReasons: {}, hookErrors: {}, unhandled: [] };
  const passed = { fullName: "one", status: "passed", failureMessages: [] };

  it("[SC9] a hook that fails leaves its tests skipped, and is a failure of its file", () => {
    const skipped = { ...passed, status: "skipped" };
    const report = { testResults: [{ ...suite, status: "failed", assertionResults: [skipped] }] };
    const hookErrors = { "/a.test.ts": ["Error: hook timed out"] };
    expect(vitestOutcomes(report, { ...unreported, hookErrors })).toMatchObject([
      { title: "one", status: "skipped" },
      { file: "/a.test.ts", status: "failed", isTest: false, errors: ["Error: hook timed out"] },
    ]);
    expect(vitestOutcomes(report, unreported)).toHaveLength(2);
    const beside = {
      testResults: [{ ...suite, status: "failed", assertionResults: [{ ...passed, status: "failed" }] }],
    };
    expect(vitestOutcomes(beside, { ...unreported, hookErrors })).toHaveLength(2);
    expect(vitestOutcomes(beside, unreported)).toHaveLength(1);
  });

  it("[SC10] an error that nobody handled is a failure, of the file that ran when there was one", () => {
    const report = { testResults: [{ ...suite, assertionResults: [passed] }] };
    const unhandled = [
      { file: "/a.test.ts", text: "Error: late" },
      { file: null, text: "Error: nobody's" },
    ];
    expect(vitestOutcomes(report, { ...unreported, unhandled })).toMatchObject([
      { title: "one", status: "passed" },
      { file: "/a.test.ts", status: "failed", isTest: false, errors: ["Error: late"] },
      { file: null, status: "failed", isTest: false, errors: ["Error: nobody's"] },
    ]);
  });

  it("[SC11] a browser test failed when it did, at any depth, and so did what failed outside of all", () => {
    const test = { status: "unexpected", annotations: [], results: [{ errors: [{ message: "Error: not visible" }] }] };
    const spec = { title: "one", file: "a.spec.ts", tests: [test] };
    const report = {
      config: { rootDir: "/tests" },
      suites: [{ suites: [{ specs: [spec] }] }],
      errors: [{ message: "Error: no browser" }],
    };
    expect(playwrightOutcomes(report)).toMatchObject([
      { file: "/tests/a.spec.ts", title: "one", status: "failed", isTest: true, errors: ["Error: not visible"] },
      { file: null, status: "failed", isTest: false, errors: ["Error: no browser"] },
    ]);
  });
});
