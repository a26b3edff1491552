import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./run.mjs";

/**
 * Runs the server until it ends and answers its exit code. Signals are passed on; and because npm leaves its child
 * behind when it is killed, the end of our own parent stops the server as well.
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
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop();
    }, 250);
    server.once("close", (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal === null ? 0 : 1));
    });
  });
}
