import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run.mjs";

/**
 * Runs the server until it ends and answers its exit code. Signals are passed on; and because npm leaves its
 * shell and us behind when it is killed, the end of either stops the server as well.
 */
export function runDesk() {
  return new Promise((resolve) => {
    const server = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
      cwd: path.join(root, "apps/server"),
      env: { NODE_ENV: "production", ...process.env, DESK_PARENT_PID: String(process.pid) },
      stdio: "inherit",
    });
    const stop = () => server.kill("SIGTERM");
    for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, stop);
    // A terminal sends Ctrl-C to the whole group: the server has it already.
    process.on("SIGINT", () => {});
    const starter = starters();
    const watch = setInterval(() => {
      if (starters() !== starter) stop();
    }, 250);
    server.once("close", (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === null ? 0 : 1));
    });
  });
}

/** The shell that runs us and the npm that runs the shell, by their ids: where one of them dies, ours is adopted and this changes. */
function starters() {
  try {
    const [, npm] = readFileSync(`/proc/${process.ppid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return `${process.ppid} ${npm}`;
  } catch {
    return `${process.ppid}`;
  }
}
