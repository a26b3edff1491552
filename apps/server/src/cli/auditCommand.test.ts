import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createDb } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { readEnv } from "../env.ts";
import { openDesk } from "../openDesk.ts";
import { createTestClient } from "../testing/createTestClient.ts";
import { setUp } from "../testing/people.ts";
import { parseAuditCommand } from "./parseAuditCommand.ts";
import { UsageError } from "./parseCommand.ts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trenddojo-audit-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], cwd = PACKAGE) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: "/usr/bin:/bin", DATA_DIR: join(folder, "data") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  const [code] = await once(child, "close");
  return { code: Number(code), out, err };
}

const command = (...args: readonly string[]) =>
  run(["--import", "tsx", "src/cli/auditMain.ts", "--from", folder, ...args]);

describe("pnpm desk audit", () => {
  it("[SV183] verifies and exports the log of a desk that runs and of one that does not, and names the first bad row", async () => {
    expect(await command("verify")).toMatchObject({ code: 1, err: expect.stringContaining("there is no desk in ") });
    const env = readEnv({ DATA_DIR: join(folder, "data"), PORT: "0", NODE_ENV: "test" });
    {
      await using desk = await openDesk(env, createLogger("error"));
      await using person = createTestClient(desk.url);
      await setUp(person);
      await person.api.marketData.setWatchlist.mutate({ symbols: ["MSFT"] });
      expect((await command("verify")).out).toMatch(/^\d+ rows in \d+ chains are as they were written/);
      expect(await command("export", "--out", "running")).toMatchObject({ code: 0, err: "" });
    }
    expect(await command("export", "--out", "stopped")).toMatchObject({ code: 0, err: "" });
    expect(await command("verify")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/, by [1-9]\d* signed checkpoints\n$/),
    });
    for (const each of ["running", "stopped"]) {
      expect(await run([join(folder, each, "verify.mjs")])).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^\d+ rows/),
      });
    }

    const exported = join(folder, "stopped", "audit.jsonl");
    const text = await readFile(exported, "utf8");
    const lines = text.trim().split("\n");
    const victim = lines.findIndex((line) => line.includes("watchlist"));
    const row: { chain: string; sequence: number } = JSON.parse(lines[victim] ?? "");
    const verdict = async (forged: readonly string[]) => {
      await writeFile(exported, `${forged.join("\n")}\n`);
      return run([join(folder, "stopped", "verify.mjs")]);
    };
    const bad = { code: 1, out: `first bad row: ${row.chain} #${row.sequence}\n` };
    expect(await verdict(lines.with(victim, (lines[victim] ?? "").replace("MSFT", "AAPL")))).toMatchObject(bad);
    expect(await verdict(lines.toSpliced(victim, 1))).toMatchObject(bad);
    expect(await verdict(lines.slice(0, -1))).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^first bad row: /),
    });
    expect(await verdict(lines)).toMatchObject({ code: 0 });

    {
      await using store = await createDb({ dataDir: join(folder, "data") });
      await store.db.execute(sql`alter table audit_log disable trigger user`);
      await store.db.execute(
        sql`update audit_log set message = 'Nothing' where chain = ${row.chain} and sequence = ${row.sequence}`,
      );
      await store.db.execute(sql`alter table audit_log enable trigger user`);
    }
    expect(await command("verify")).toMatchObject(bad);
  });

  it("[SV183] says what it does not understand", () => {
    const parse = (...args: string[]) => parseAuditCommand(args, "/here");
    expect(parse("verify", "--checkpoints", "copy.jsonl")).toEqual({
      command: "verify",
      checkpoints: "/here/copy.jsonl",
    });
    expect(parse("export", "--out", "/there")).toEqual({ command: "export", folder: "/there" });
    expect(parse("grants", "desk")).toEqual({ command: "grants", role: "desk" });
    for (const wrong of [
      [],
      ["forget"],
      ["export"],
      ["verify", "now"],
      ["grants"],
      ["grants", "a", "b"],
      ["verify", "--no"],
    ]) {
      expect(() => parse(...wrong)).toThrow(UsageError);
    }
  });
});
