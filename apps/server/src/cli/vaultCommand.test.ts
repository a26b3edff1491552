import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BrokerCredentialStore, openKeyFile } from "@trenddojo/brokers";
import { connectionId, userId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { connections, createDataKeyStore, createDb, credentials, users } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { readEnv } from "../env.ts";
import { openDesk } from "../openDesk.ts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const owner = userId("ada");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trenddojo-vault-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function command(name: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/vaultMain.ts", name], {
    cwd: PACKAGE,
    env: { PATH: "/usr/bin:/bin", DATA_DIR: join(folder, "data") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (data) => (text += String(data)));
  child.stderr.on("data", (data) => (text += String(data)));
  const [code] = await once(child, "close");
  return { code: Number(code), text };
}

const scopeOf = (index: number, rowVersion = 1) =>
  ({ userId: owner, broker: "alpaca", mode: "paper", connectionId: connectionId(`c-${index}`), rowVersion }) as const;

it("[SV160] the vault tells, rotates and verifies with the desk running or not, and names what is damaged", async () => {
  expect(await command("forget")).toMatchObject({ code: 2, text: expect.stringContaining("pnpm desk vault rotate") });
  const dataDir = join(folder, "data");
  const keyFile = join(dataDir, "credential.key");
  {
    await using store = await createDb({ dataDir });
    const { ring } = await openKeyFile(keyFile);
    const dataKeys = createDataKeyStore(store.db, new FakeClock());
    const vault = new BrokerCredentialStore({ keyEncryptionKey: ring, dataKeys });
    await store.db.transaction((tx) =>
      users.insert(tx, { id: owner, username: "ada", passwordHash: "x", role: "owner", createdAt: 1 }),
    );
    for (const index of [1, 2]) {
      const { userId: user, connectionId: id, broker, mode } = scopeOf(index);
      const facts = { id, userId: user, broker, mode, label: `Alpaca ${index}`, desired: "disconnected" } as const;
      await connections.insert(store.db, { ...facts, settings: {}, builtIn: false, createdAt: 1 });
      const envelope = await vault.seal(scopeOf(index), { secretKey: `secret ${index}` });
      await credentials.insert(store.db, { connectionId: id, mode, envelope, hints: {}, at: 1 });
    }
  }
  expect(await command("status")).toMatchObject({ code: 0, text: expect.stringContaining("Key 1 from the key file") });
  const before = await readFile(keyFile, "utf8");
  const rotated = await command("rotate");
  expect(rotated).toMatchObject({
    code: 0,
    text: expect.stringContaining("Key 2 is in use: 1 data keys wrapped and 2 secrets"),
  });
  expect(await readFile(keyFile, "utf8")).not.toContain(before.trim().split(" ").at(-1));
  {
    const env = readEnv({ DATA_DIR: dataDir, PORT: "0", NODE_ENV: "test" });
    await using _desk = await openDesk(env, createLogger("error"));
    expect(await command("rotate")).toMatchObject({ code: 0, text: expect.stringContaining("Key 3 is in use") });
    expect(await command("verify")).toMatchObject({ code: 0, text: "2 sealed secrets were tried; 0 do not open.\n" });
  }
  {
    await using store = await createDb({ dataDir });
    await store.db.execute(
      sql`update broker_credentials set row_version = row_version + 1 where connection_id = 'c-2'`,
    );
  }
  {
    // The damaged row stops neither the boot nor the other.
    const env = readEnv({ DATA_DIR: dataDir, PORT: "0", NODE_ENV: "test" });
    await using _desk = await openDesk(env, createLogger("silent"));
    const found = await command("verify");
    expect(found.code).toBe(1);
    expect(found.text).toContain("2 sealed secrets were tried; 1 do not open.");
    expect(found.text).toContain("Enter again: the keys of Alpaca 2 (alpaca, paper) of ada (NOT_AUTHENTIC");
  }
});
