import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

/** Where pnpm's program was found at the last install; turbo wants it on the PATH. */
export const pnpmFolderFile = path.join(root, "node_modules/.desk/pnpm-folder");

function environment() {
  const folder = existsSync(pnpmFolderFile) ? readFileSync(pnpmFolderFile, "utf8").trim() : "";
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    DO_NOT_TRACK: "1",
    PATH: [folder, process.env.PATH].filter(Boolean).join(path.delimiter),
  };
}

/**
 * Runs a program to its end and answers its exit code; Ctrl-C and SIGTERM reach it. `file` is taken from the
 * repository's root where it is a relative path. With `capture`, its output is kept and given back instead.
 */
export function run(file, args, { cwd = ".", env = {}, capture = false, quiet = false } = {}) {
  const program = file.includes("/") && !path.isAbsolute(file) ? path.join(root, file) : file;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: path.resolve(root, cwd),
      env: { ...environment(), ...env },
      stdio: capture || quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    const forward = (signal) => child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", (error) => reject(new Error(`${file} could not be run: ${error.message}`)));
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (quiet && code !== 0) process.stderr.write(output);
      resolve(capture ? { code: code ?? 1, output } : (code ?? 1));
    });
  });
}

/** Runs turbo tasks; with `quiet`, only what fails is shown. @throws Error when a task fails and `quiet` is set. */
export async function turbo(tasks, { quiet = false, args = [] } = {}) {
  const code = await run(
    "node_modules/.bin/turbo",
    ["run", ...tasks, "--output-logs", quiet ? "errors-only" : "new-only", "--log-prefix", "none", ...args],
    { quiet },
  );
  if (quiet && code !== 0) throw new Error(`Could not ${tasks.join(", ")}: see above.`);
  return code;
}
