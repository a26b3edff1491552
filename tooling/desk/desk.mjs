// The two commands of the house, for a machine that has nothing but Node and npm:
//   npm start   installs, builds and runs the desk
//   npm test    installs and runs everything; the last line is "N passed, N failed"
// Also: dev (server and web with reload), bench, and the command line of the desk itself: halt, status, audit; sbom.
// No dependency, because it runs before there are any.
import { install } from "./install.mjs";
import { runChecks } from "./runChecks.mjs";
import { runDesk } from "./runDesk.mjs";
import { turbo, run } from "./run.mjs";

const [command, ...rest] = process.argv.slice(2);

/** What the desk's own command line does. Nothing is installed first: stopping a desk must not wait for a registry. */
const control = (name) => () =>
  run(process.execPath, ["--import", "tsx", "src/cli/main.ts", name, ...rest], { cwd: "apps/server" });

const commands = {
  async start() {
    await install();
    await turbo(["build", "template"], { quiet: true });
    return runDesk();
  },
  async test() {
    await install();
    return runChecks();
  },
  async dev() {
    await install();
    await turbo(["template"], { quiet: true });
    return run("node_modules/.bin/turbo", ["run", "dev", ...rest]);
  },
  halt: control("halt"),
  status: control("status"),
  vault: () => run(process.execPath, ["--import", "tsx", "src/cli/vaultMain.ts", ...rest], { cwd: "apps/server" }),
  audit: () =>
    run(process.execPath, ["--import", "tsx", "src/cli/auditMain.ts", "--from", process.cwd(), ...rest], {
      cwd: "apps/server",
    }),
  /** What the desk is made of, CycloneDX JSON on stdout, from the lockfile alone. */
  async sbom() {
    await install();
    return run("pnpm", [
      "sbom",
      "--sbom-format",
      "cyclonedx",
      "--sbom-type",
      "application",
      "--lockfile-only",
      ...rest,
    ]);
  },
  async bench() {
    await install();
    await turbo(["build", "template"], { quiet: true });
    return run(process.execPath, ["--import", "tsx", "run.ts", ...rest], { cwd: "bench" });
  },
};

const chosen = Object.hasOwn(commands, command ?? "") ? commands[command] : undefined;
if (chosen === undefined) {
  process.stderr.write(`Unknown command "${command ?? ""}". One of: ${Object.keys(commands).join(", ")}.\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await chosen();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
