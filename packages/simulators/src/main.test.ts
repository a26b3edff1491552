import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { limitOrder } from "./tws/testing/limitOrder.ts";
import { RawClient } from "./tws/testing/RawClient.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../sim.mjs", import.meta.url));
const HEADERS = { "APCA-API-KEY-ID": "K", "APCA-API-SECRET-KEY": "S" };
/** A program that reads TypeScript as it starts takes a while where others want the machine too. */
const PATIENCE_MS = 60_000;

describe("the program", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "simulators-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });

  function start(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    return child;
  }

  async function firstLine(child: ChildProcess): Promise<string> {
    if (child.stdout === null) throw new Error("the program has no output");
    for await (const line of createInterface({ input: child.stdout })) return line;
    throw new Error("the program said nothing");
  }

  it(
    "[AS82] says in one line of JSON where it is, answers, obeys its fault script, and stops when asked to",
    { timeout: PATIENCE_MS },
    async () => {
      const faults = path.join(folder, "faults.jsonl");
      const rule = {
        on: "request",
        path: "/v2/clock",
        do: { kind: "answer", when: "before", status: 503, body: "<p>down</p>" },
      };
      await writeFile(faults, `# the first look at the clock\n${JSON.stringify(rule)}\n`);
      const child = start([
        "alpaca",
        "--port",
        "0",
        "--key",
        "K",
        "--secret",
        "S",
        "--cash",
        "5000",
        "--faults",
        faults,
      ]);
      const endpoints: Record<string, string> = JSON.parse(await firstLine(child));
      const host = new URL(endpoints["trading"] ?? "").host;
      expect(endpoints).toEqual({
        trading: `http://${host}`,
        data: `http://${host}`,
        tradingStream: `ws://${host}/stream`,
        dataStream: `ws://${host}/v2/iex`,
      });
      expect(new URL(endpoints["trading"] ?? "").hostname).toBe("127.0.0.1");
      const account = await (await fetch(`http://${host}/v2/account`, { headers: HEADERS })).json();
      expect(account).toMatchObject({ cash: "5000" });
      expect((await fetch(`http://${host}/v2/clock`, { headers: HEADERS })).status).toBe(503);
      child.kill("SIGTERM");
      expect(await once(child, "exit")).toEqual([0, null]);
    },
  );

  it(
    "[AS83] has the account again when it was killed and started anew with the same state",
    { timeout: PATIENCE_MS },
    async () => {
      const args = ["alpaca", "--key", "K", "--secret", "S", "--state", path.join(folder, "account.json")];
      const first = start([...args, "--port", "0"]);
      const { trading }: { trading: string } = JSON.parse(await firstLine(first));
      const order = { symbol: "F", qty: "1", side: "buy", type: "limit", limit_price: "0.5", time_in_force: "gtc" };
      const body = JSON.stringify({ ...order, client_order_id: "mine" });
      const taken = await (await fetch(`${trading}/v2/orders`, { method: "POST", headers: HEADERS, body })).json();
      first.kill("SIGKILL");
      await once(first, "exit");
      await firstLine(start([...args, "--port", new URL(trading).port]));
      const found = await fetch(`${trading}/v2/orders:by_client_order_id?client_order_id=mine`, { headers: HEADERS });
      const { id, status }: Readonly<Record<string, unknown>> = JSON.parse(await found.text());
      expect([{ id }, status]).toEqual([expect.objectContaining({ id }), "new"]);
      expect(taken).toMatchObject({ id });
    },
  );

  it(
    "[AS87] writes a journal that others read while it runs, that outlives a kill and goes on in the next life",
    { timeout: PATIENCE_MS },
    async () => {
      const file = path.join(folder, "journal.jsonl");
      const state = path.join(folder, "account.json");
      const args = ["alpaca", "--port", "0", "--key", "K", "--secret", "S", "--journal", file, "--state", state];
      const place = async (child: ChildProcess, clientOrderId: string): Promise<void> => {
        const { trading }: { trading: string } = JSON.parse(await firstLine(child));
        const order = { symbol: "F", qty: "1", side: "buy", type: "limit", limit_price: "0.5", time_in_force: "gtc" };
        const body = JSON.stringify({ ...order, client_order_id: clientOrderId });
        await fetch(`${trading}/v2/orders`, { method: "POST", headers: HEADERS, body });
      };
      const taken = async (): Promise<readonly unknown[]> =>
        (await readFile(file, "utf8"))
          .trimEnd()
          .split("\n")
          .map((line): Readonly<Record<string, unknown>> => JSON.parse(line))
          .filter(({ event }) => event === "taken")
          .map(({ clientOrderId }) => clientOrderId);
      const first = start(args);
      await place(first, "one");
      expect(await taken()).toEqual(["one"]);
      first.kill("SIGKILL");
      await once(first, "exit");
      await place(start(args), "two");
      expect(await taken()).toEqual(["one", "two"]);
      expect(await readFile(file, "utf8")).not.toContain('"S"');
    },
  );

  it(
    "[TW94] tws says in one line of JSON where it is, obeys its fault script, journals, has its account again after a kill",
    { timeout: PATIENCE_MS },
    async () => {
      const faults = path.join(folder, "faults.jsonl");
      await writeFile(faults, '{"on":"request","request":"marketRule","do":{"kind":"error","code":162}}\n');
      const [journal, state] = [path.join(folder, "journal.jsonl"), path.join(folder, "gateway.json")];
      const args = ["tws", "--faults", faults, "--journal", journal, "--state", state, "--max-version", "178"];
      const child = start([...args, "--port", "0"]);
      const where: { readonly host: string; readonly port: number } = JSON.parse(await firstLine(child));
      expect(where).toEqual({ host: "127.0.0.1", port: expect.any(Number), accounts: ["DU1234567"] });
      using client = await RawClient.signedIn(where.port, 5);
      client.ask(91, 26);
      await client.settled();
      expect(client.errors()).toEqual(["162 -1"]);
      client.ask(...limitOrder(7, "F", "0.5"));
      await client.settled();
      expect(client.messages.filter(([id]) => id === "3").map(([, , status]) => status)).toEqual([
        "PreSubmitted",
        "Submitted",
      ]);
      child.kill("SIGKILL");
      await once(child, "exit");
      const again = start([...args, "--port", String(where.port)]);
      await firstLine(again);
      using next = await RawClient.signedIn(where.port, 5);
      next.ask(5, 1);
      await next.settled();
      expect(next.messages.filter(([id]) => id === "3").map(([, orderId]) => orderId)).toEqual(["7"]);
      expect(await readFile(journal, "utf8")).toContain('"event":"working"');
      again.kill("SIGTERM");
      expect(await once(again, "exit")).toEqual([0, null]);
    },
  );

  it("[AS82] tells how it is used, when asked", { timeout: PATIENCE_MS }, async () => {
    const child = start(["--help"]);
    let said = "";
    child.stdout?.on("data", (chunk) => (said += String(chunk)));
    const [code] = await once(child, "close");
    expect([code, said]).toEqual([0, expect.stringContaining("--journal FILE")]);
  });

  it("[AS81] says what it could not read, and how it is used", { timeout: PATIENCE_MS }, async () => {
    const child = start(["alpaca", "--port", "0"]);
    let said = "";
    child.stderr?.on("data", (chunk) => (said += String(chunk)));
    const [code] = await once(child, "close");
    expect([code, said]).toEqual([2, expect.stringContaining("--key and --secret")]);
    expect(said).toContain("pnpm sim alpaca --port N");
  });
});
