import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SystemClock } from "@trenddojo/brokers";
import { orderId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { createDb, deskSessionName, orders, tradingStates, users } from "@trenddojo/db";
import { createEmptyDatabase, findTestServer } from "@trenddojo/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { readEnv } from "../env.ts";
import { openDesk } from "../openDesk.ts";
import { createManualDesk } from "../testing/createManualDesk.ts";
import { createTestClient } from "../testing/createTestClient.ts";
import { builtIn, OWNER, setUp } from "../testing/people.ts";
import { until } from "../testing/until.ts";
import { askDesk } from "./askDesk.ts";
import { controlSocketOf, type ControlRequest } from "./controlSocket.ts";
import { carriedOutText, desksText } from "./desksText.ts";
import { flipSwitch, haltQuietly, readStatus, SwitchHeld } from "./haltQuietly.ts";

const FOLDER = fileURLToPath(new URL("../..", import.meta.url));
const HALT = { command: "halt", user: null, reason: "a drill", waitMs: 10_000 } as const satisfies ControlRequest;
const RESTING = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  price: "1.00",
  timeInForce: "gtc",
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trenddojo-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(dataDir: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
    cwd: FOLDER,
    env: { PATH: "/usr/bin:/bin", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  const [code] = await once(child, "close");
  return { code: Number(code), out, err, last: out.trim().split("\n").at(-1) ?? "" };
}

describe("a desk that runs", () => {
  it("[SV82] is stopped over a socket that only its owner may use, and tells what each broker answered", async () => {
    const path = controlSocketOf(folder);
    await using trader = await createManualDesk({ controlSocket: path });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { id } = await trader.place(RESTING);
    await trader.untilState(id, "WORKING");
    const clock = new SystemClock();
    const nobody = await askDesk(clock, path, { ...HALT, user: "nobody" });
    expect(nobody).toEqual({ kind: "error", message: 'there is no user "nobody"' });
    expect((await trader.api.risk.state.query()).state).toBe("ACTIVE");
    const answer = await askDesk(clock, path, { ...HALT, user: "ada" });
    expect(answer).toMatchObject({
      kind: "report",
      report: {
        users: [
          {
            username: "Ada",
            state: "HALTED",
            halt: {
              source: "cli",
              requestedBy: null,
              reason: "a drill",
              steps: [{ state: "confirmed", openOrders: 1 }],
            },
          },
        ],
      },
    });
    await trader.untilState(id, "CANCELED");
    const status = await askDesk(clock, path, { command: "status", user: null });
    expect(status).toMatchObject({ kind: "report", report: { users: [{ state: "HALTED" }] } });
  });

  it("[SV557] reaches the accounts of people who were removed", async () => {
    const path = controlSocketOf(folder);
    await using trader = await createManualDesk({ controlSocket: path });
    await using grace = createTestClient(trader.desk.url);
    const { token } = await trader.api.people.invite.mutate({ role: "trader" });
    const { id } = await grace.api.people.accept.mutate({ token, username: "Grace", password: OWNER.password });
    const { accountId } = await builtIn(grace);
    const order = await grace.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: RESTING });
    // As a desk of before left one that died between the removal and the halt.
    await users.remove(trader.desk.store.db, userId(id), 1);
    for (const user of [null, "grace"]) {
      const answer = await askDesk(new SystemClock(), path, { ...HALT, user });
      const all = answer.kind === "report" ? answer.report.users : [];
      expect(all.find(({ username }) => username === "Grace")).toMatchObject({
        state: "HALTED",
        halt: { steps: [{ state: "confirmed", openOrders: 1 }] },
      });
    }
    expect((await orders.find(trader.desk.store.db, userId(id), orderId(order.id)))?.state).toBe("CANCELED");
  });

  it("[SV82] one that does not answer is told from one that is not there", async () => {
    const path = join(folder, "silent.sock");
    expect(await askDesk(new SystemClock(), path, HALT)).toEqual({ kind: "down" });
    const silent = createServer(() => undefined).listen(path);
    await once(silent, "listening");
    const clock = new FakeClock(0);
    const asked = askDesk(clock, path, HALT);
    await once(silent, "connection");
    let answer: unknown;
    void asked.then((told) => (answer = told));
    await until("it gives up", async () => {
      await clock.advance(1_000);
      return answer;
    });
    expect(await asked).toEqual({ kind: "hung" });
    silent.close();
  });

  it("[SV82] one whose socket cannot be tried, or that breaks off, is never taken for one that is down", async () => {
    const clock = new SystemClock();
    const file = join(folder, "file");
    await writeFile(file, "");
    expect(await askDesk(clock, join(file, "control.sock"), HALT)).toEqual({ kind: "unsure", why: "ENOTDIR" });
    const path = join(folder, "babbling.sock");
    const babbling = createServer((socket) => void socket.end("what?\n")).listen(path);
    await once(babbling, "listening");
    expect(await askDesk(clock, path, HALT)).toEqual({ kind: "hung" });
    babbling.close();
  });
});

describe("a desk that is down", () => {
  it("[SV83] is stopped by the command itself: the switch, then everything at every broker, and a table", async () => {
    const dataDir = join(folder, "data");
    const env = readEnv({ DATA_DIR: dataDir, PORT: "0", NODE_ENV: "test" });
    await expect(readStatus(env, null)).rejects.toThrow(/there is no desk in /);
    let orderId = "";
    {
      await using desk = await openDesk(env, createLogger("error"));
      await using person = createTestClient(desk.url);
      const { accountId } = await setUp(person);
      const order = { accountId, idempotencyKey: randomUUID(), order: RESTING };
      ({ id: orderId } = await person.api.orders.place.mutate(order));
      await until("it works", async () => (await person.api.orders.get.query({ orderId })).order.state === "WORKING");
    }
    const halted = await run(dataDir, "halt", "--reason", "power cut");
    expect(halted.err).toBe("trenddojo: No desk runs on these files: asking the brokers from here.\n");
    expect(halted.code).toBe(0);
    expect(halted.out).toMatch(/^Ada +HALTED +\S.* paper +confirmed +1 +0 /m);
    expect(JSON.parse(halted.last)).toMatchObject({ command: "halt", confirmed: 1, unconfirmed: 0 });
    expect(await readStatus(env, "ada")).toMatchObject({
      report: { users: [{ username: "Ada", state: "HALTED" }] },
      desks: null,
    });

    await using desk = await openDesk(env, createLogger("error"));
    await using person = createTestClient(desk.url);
    await person.api.auth.signIn.mutate({ ...OWNER });
    expect((await person.api.orders.get.query({ orderId })).order.state).toBe("CANCELED");
    expect(await person.api.risk.state.query()).toMatchObject({ state: "HALTED", reason: "power cut" });
    expect(await person.api.audit.verify.query()).toMatchObject({ ok: true });
  });
});

describe("a desk on Postgres that runs elsewhere", () => {
  it("[SV86] is seen, and carries out what the command asked for in the store, while the command asks no broker", async ({
    skip,
  }) => {
    const server = await findTestServer();
    if ("skipped" in server) {
      skip(server.skipped);
      return;
    }
    await using empty = await createEmptyDatabase(server);
    const here = readEnv({ DATABASE_URL: empty.url, DATA_DIR: join(folder, "here"), NODE_ENV: "test" });
    const desks = [{ host: expect.stringMatching(/./), pid: process.pid }];
    {
      await using store = await createDb({ databaseUrl: empty.url, dataDir: folder, sessionName: deskSessionName() });
      await using trader = await createManualDesk({ store });
      const { id } = await trader.place(RESTING);
      await trader.untilState(id, "WORKING");
      expect(await readStatus(here, null)).toMatchObject({ report: { users: [{ state: "ACTIVE" }] }, desks });
      let seen: unknown = null;
      const report = await haltQuietly(here, createLogger("fatal"), HALT, (found) => (seen = found));
      expect(seen).toEqual(desks);
      expect(report.users).toMatchObject([{ state: "HALTED", halt: { steps: [{ state: "confirmed" }] } }]);
      await trader.untilState(id, "CANCELED");
    }
    await until("its sessions end", async () => (await readStatus(here, null)).desks?.length === 0);
  });

  it("[SV86] is not taken for one that is down where it hangs: no broker is asked beside it", async ({ skip }) => {
    const server = await findTestServer();
    if ("skipped" in server) {
      skip(server.skipped);
      return;
    }
    await using empty = await createEmptyDatabase(server);
    const here = readEnv({ DATABASE_URL: empty.url, DATA_DIR: join(folder, "beside"), NODE_ENV: "test" });
    {
      await using store = await createDb({ databaseUrl: empty.url, dataDir: folder });
      await using trader = await createManualDesk({ store });
      await trader.untilState((await trader.place(RESTING)).id, "WORKING");
    }
    // What is left of it is its sessions.
    await using hung = await createDb({ databaseUrl: empty.url, dataDir: folder, sessionName: deskSessionName() });
    expect((await users.list(hung.db)).length).toBe(1);
    const report = await haltQuietly(here, createLogger("fatal"), { ...HALT, waitMs: 2_000 }, () => undefined);
    expect(report.users).toMatchObject([{ state: "HALTED", halt: { steps: [{ state: "requested" }] } }]);
  });

  it("[SV86] where it runs is said in words, and what cannot be known too", () => {
    const desk = { host: "tower", pid: 4711 };
    expect(desksText([desk])).toContain("the desk of tower (process 4711)");
    expect(desksText([])).toContain("none is seen on this database");
    expect(desksText(null)).toBe("No desk runs on these files.");
    expect(carriedOutText([desk])).toContain("it sends no order any more, and cancels what is open");
  });
});

describe("a desk on Postgres that hangs", () => {
  it("[SV84] sends nothing any more once the command has flipped its switch beside it", async ({ skip }) => {
    const server = await findTestServer();
    if ("skipped" in server) {
      skip(server.skipped);
      return;
    }
    await using empty = await createEmptyDatabase(server);
    await using store = await createDb({ databaseUrl: empty.url, dataDir: folder });
    await using trader = await createManualDesk({ store });
    const env = readEnv({ DATABASE_URL: empty.url, DATA_DIR: join(folder, "hung"), NODE_ENV: "test" });
    const report = await flipSwitch(env, { command: "halt", user: null, reason: "it hangs", waitMs: 0 });
    expect(report.users).toMatchObject([{ state: "HALTED", halt: { steps: [{ state: "requested" }] } }]);
    await expect(trader.place(RESTING)).rejects.toThrow(/halted/);
  });

  it("[SV84] says so where a process that stands still holds the switch, in place of waiting for ever", async ({
    skip,
  }) => {
    const server = await findTestServer();
    if ("skipped" in server) {
      skip(server.skipped);
      return;
    }
    await using empty = await createEmptyDatabase(server);
    await using store = await createDb({ databaseUrl: empty.url, dataDir: folder });
    await using trader = await createManualDesk({ store });
    const [user] = await users.list(store.db);
    const env = readEnv({ DATABASE_URL: empty.url, DATA_DIR: join(folder, "held"), NODE_ENV: "test" });
    await store.db.transaction(async (tx) => {
      if (user !== undefined) await tradingStates.lock(tx, user.id);
      await expect(flipSwitch(env, HALT)).rejects.toThrow(SwitchHeld);
    });
    expect((await trader.api.risk.state.query()).state).toBe("ACTIVE");
  });
});
