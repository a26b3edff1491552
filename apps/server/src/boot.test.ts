import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SystemClock } from "@trenddojo/brokers";
import { lockDesk } from "@trenddojo/db";
import { createEmptyDatabase, findTestServer } from "@trenddojo/db/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "./testing/until.ts";

const FOLDER = fileURLToPath(new URL("..", import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

const children: ChildProcess[] = [];
let dataDir: string;

function run(env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: FOLDER,
    env: { PATH: "/usr/bin:/bin", PORT: "0", DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  return { child, out: () => out, err: () => err, ended: new Promise((resolve) => child.once("exit", resolve)) };
}

const listening = (server: Run) =>
  until("the line", () => /^TrendDojo is listening on (http:\S+)\n$/.exec(server.out())?.[1]);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "trenddojo-boot-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Ends the thread of the database on SIGUSR2: nothing else outside of it can. */
const MORTAL_ENGINE = `data:text/javascript,${encodeURIComponent(`
import threads from "node:worker_threads";
import { syncBuiltinESMExports } from "node:module";
threads.Worker = class extends threads.Worker {
  constructor(...options) {
    super(...options);
    process.once("SIGUSR2", () => this.terminate());
  }
};
syncBuiltinESMExports();`)}`;

describe("starting and stopping", () => {
  it("[BT1] prints one line, refuses a second process on its data or its port, and starts again after kill -9", async () => {
    const first = run({});
    const url = await listening(first);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ready" });
    const sameData = run({});
    const samePort = run({ DATA_DIR: join(dataDir, "other"), PORT: new URL(url).port });
    expect(await sameData.ended).toBe(1);
    expect(sameData.err()).toMatch(new RegExp(`^trenddojo: .*${first.child.pid}.*\n$`));
    expect(await samePort.ended).toBe(1);
    expect(samePort.err()).toMatch(/^trenddojo: port \d+ on 127\.0\.0\.1 is in use: .*\n$/);
    first.child.kill("SIGKILL");
    await first.ended;
    const again = run({ DESK_PARENT_PID: String(process.pid) });
    await listening(again);
    // Twice, as an impatient person does.
    again.child.kill("SIGTERM");
    again.child.kill("SIGINT");
    expect(await again.ended).toBe(0);
    expect(again.out().split("\n")).toHaveLength(2);
    expect(again.err()).toBe("");
  });

  it("[SV480] ends with one clear line when its embedded database has ended by itself", async () => {
    const server = run({ DATA_DIR: join(dataDir, "mortal"), NODE_OPTIONS: `--import ${MORTAL_ENGINE}` });
    await listening(server);
    server.child.kill("SIGUSR2");
    expect(await server.ended).toBe(1);
    expect(server.err()).toMatch(/^trenddojo: the embedded database in .* ended .*; start the desk again: .*\n$/);
  });

  it("[BT2] stops when the process that started it is gone", async () => {
    const orphan = run({ DATA_DIR: join(dataDir, "orphan"), DESK_PARENT_PID: "1" });
    expect(await orphan.ended).toBe(0);
  });

  it("[BT3] each setting that cannot work stops the boot with one clear line", async () => {
    const file = join(dataDir, "a-file");
    await writeFile(file, "");
    const rows: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{ PORT: "http", MARKET_SPEED: "fast" }, /^trenddojo: PORT .*\ntrenddojo: MARKET_SPEED .*\n$/],
      [{ DATABASE_URL: "mysql://user:pass@host/db" }, /^trenddojo: .*DATABASE_URL.*\n$/],
      [{ DATABASE_URL: "postgres://user:hunter2@127.0.0.1:1/db" }, /^trenddojo: .*\n$/],
      [{ DATA_DIR: join(file, "below") }, /^trenddojo: DATA_DIR .*\n$/],
      [{ DATA_DIR: "/proc/no-such-folder" }, /^trenddojo: DATA_DIR .*\n$/],
      [{ MARKET_FEED: `replay:${join(dataDir, "no-such-tape")}` }, /^trenddojo: .*no-such-tape.*\n$/],
      [{ HOST: "203.0.113.7" }, /^trenddojo: this machine has no address 203\.0\.113\.7.*\n$/],
    ];
    const runs = rows.map(([env], index) => run({ DATA_DIR: join(dataDir, `bad-${index}`), ...env }));
    for (const [index, started] of runs.entries()) {
      const code = await started.ended;
      expect(started.err()).toMatch(rows[index]?.[1] ?? /never/);
      expect(code).toBe(1);
      expect(started.err()).not.toContain("hunter2");
      expect(started.out()).toBe("");
    }
  });

  it("[BT6] is the one desk of its Postgres database, until it is killed", async ({ skip }) => {
    const server = await findTestServer();
    if ("skipped" in server) {
      skip(server.skipped);
      return;
    }
    await using empty = await createEmptyDatabase(server);
    const first = run({ DATA_DIR: join(dataDir, "on-postgres"), DATABASE_URL: empty.url });
    await listening(first);
    const refused = lockDesk(empty.url, new SystemClock(), { waitMs: 0 });
    await expect(refused).rejects.toMatchObject({ code: "DESK_RUNS_ALREADY", details: { pid: first.child.pid } });
    first.child.kill("SIGKILL");
    await using next = await lockDesk(empty.url, new SystemClock());
    expect(next.lost).toBeInstanceOf(Promise);
  });
});
