/** @typedef {import("./readReport.mjs").Outcome} Outcome */

/** Failures in more files than these are no accident; in one file a failure often takes those after it along. */
const MOST_UNSTEADY_FILES = 4;
/** What replays from its seed is not a matter of luck: another seed would hide it. */
const REPLAYS = /\bseed\b|\bcounterexample\b/i;

/**
 * Which files are run once more, each alone, after a run in which something failed; or why none is.
 * @param {readonly Outcome[]} outcomes
 * @returns {{ files: { folder: string, file: string }[], refusal: string | null }}
 */
export function grantSecondChance(outcomes) {
  const failed = outcomes.filter(({ status }) => status === "failed");
  const refuse = (refusal) => ({ files: [], refusal });
  const unplaced = failed.find(({ file }) => file === null);
  if (unplaced !== undefined) return refuse(`${unplaced.folder}: ${unplaced.title}, and no file is to blame for it`);
  const replayed = failed.find(({ errors }) => errors.some((error) => REPLAYS.test(withoutStack(error))));
  if (replayed !== undefined) return refuse(`"${replayed.title}" names a seed or a counterexample: replay that`);
  const files = new Map(failed.map(({ folder, file }) => [file, { folder, file }]));
  if (files.size > MOST_UNSTEADY_FILES) return refuse(`${files.size} files failed, more than ${MOST_UNSTEADY_FILES}`);
  return { files: [...files.values()], refusal: null };
}

/**
 * What counts after the second runs. A file that passed alone, all of it, has its second outcomes; any other one keeps
 * its first ones.
 * @param {readonly Outcome[]} outcomes
 * @param {readonly { file: string, code: number, outcomes: readonly Outcome[] }[]} repeats `code`: the runner's exit code
 * @returns {{ outcomes: Outcome[], unsteady: Outcome[] }} `unsteady`: what failed first, as it failed
 */
export function settle(outcomes, repeats) {
  const settled = repeats.filter((repeat) => passedAlone(outcomes, repeat));
  const files = new Set(settled.map(({ file }) => file));
  return {
    outcomes: [...outcomes.filter(({ file }) => !files.has(file)), ...settled.flatMap((repeat) => repeat.outcomes)],
    unsteady: outcomes.filter(({ file, status }) => status === "failed" && files.has(file)),
  };
}

function passedAlone(outcomes, { file, code, outcomes: again }) {
  const before = outcomes.filter((each) => each.file === file && each.isTest);
  const passed = new Set(again.filter(({ status }) => status === "passed").map(({ title }) => title));
  return (
    code === 0 &&
    again.length >= Math.max(before.length, 1) &&
    again.every((each) => each.file === file && each.status !== "failed") &&
    before.every(({ status, title }) => status === "skipped" || passed.has(title))
  );
}

/** The first line of the first error: what the lists of failed and unsteady tests say of each. @param {Outcome} outcome */
export function firstLine({ errors }) {
  return (
    errors[0]
      ?.split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "it did not say why"
  );
}

function withoutStack(error) {
  return error
    .split("\n")
    .filter((line) => !/^\s*(at|❯) /.test(line))
    .join("\n");
}
