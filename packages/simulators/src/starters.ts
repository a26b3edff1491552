import { readFileSync } from "node:fs";

const PACKAGE_MANAGER = /\b(npm|npx|pnpm|yarn)\b/;
const SHELL = /^\S*sh -c /;
const LONGEST = 16;

/**
 * The ids of those that started this process: the shells and the package managers between the person's command and us, ours
 * first. A package manager that is killed leaves its script behind, and then this changes. Who started the outermost package
 * manager is not among them: it may go away, as a shell does that started us in the background. Without /proc, the parent alone.
 */
export function starters(): string {
  const found: { readonly pid: number; readonly isShell: boolean }[] = [];
  try {
    for (let pid = process.ppid; pid > 1 && found.length < LONGEST; pid = parentOf(pid)) {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const isShell = SHELL.test(command);
      if (!isShell && !PACKAGE_MANAGER.test(command)) break;
      found.push({ pid, isShell });
    }
  } catch {
    return `${process.ppid}`;
  }
  const outermost = found.findLastIndex(({ isShell }) => !isShell);
  return [process.ppid, ...found.slice(0, outermost + 1).map(({ pid }) => pid)].join(" ");
}

/** The name in front of it is in parentheses and may hold anything. */
function parentOf(pid: number): number {
  const [, parent = "0"] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return Number(parent);
}
