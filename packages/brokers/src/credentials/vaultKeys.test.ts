import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { FakeClock } from "../testing/FakeClock.ts";
import { DataKeyCache, HARD_MS, IDLE_MS } from "./DataKeyCache.ts";
import { openKeyFile } from "./KeyFile.ts";
import { Secret } from "./Secret.ts";

/** Cheap: what it costs is no part of the rule. */
const cost = { logN: 10, r: 8, p: 1 };
const passphrase = Buffer.from("correct horse battery");

async function keyFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "vault-keys-"));
  return {
    path: join(folder, "key"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

it("[VT11] a passphrase protects the file in place, and opens it again", async () => {
  await using folder = await keyFolder();
  const plain = await openKeyFile(folder.path);
  const key = Buffer.from(plain.ring.current.key);
  const guarded = await openKeyFile(folder.path, { passphrase, cost });
  expect(guarded.source).toBe("passphrase");
  expect(guarded.ring.current.key.equals(key)).toBe(true);
  const text = await readFile(folder.path, "utf8");
  expect(text).not.toContain(key.toString("base64url"));
  expect((await openKeyFile(folder.path, { passphrase })).ring.current.key.equals(key)).toBe(true);
  await guarded.addKey?.();
  expect((await openKeyFile(folder.path, { passphrase })).ring.all.map(({ version }) => version)).toEqual([2, 1]);
  await guarded.dropOldKeys?.();
  expect((await openKeyFile(folder.path, { passphrase })).ring.all.map(({ version }) => version)).toEqual([2]);
});

it("[VT11] a wrong passphrase, none, and a damaged file are told apart, and change nothing", async () => {
  await using folder = await keyFolder();
  await openKeyFile(folder.path, { passphrase, cost });
  const whole = await readFile(folder.path, "utf8");
  const codeOf = (given?: Buffer) =>
    openKeyFile(folder.path, { passphrase: given }).then(
      () => "opened",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
  expect(await codeOf(Buffer.from("wrong horse battery"))).toBe("PASSPHRASE_WRONG");
  expect(await codeOf()).toBe("PASSPHRASE_MISSING");
  for (const at of [5, 40, 80, whole.length - 10]) {
    const other = whole[at] === "a" ? "b" : "a";
    await writeFile(folder.path, whole.slice(0, at) + other + whole.slice(at + 1), { mode: 0o600 });
    expect(await codeOf(passphrase), `character ${at}`).toBe("KEY_FILE_MALFORMED");
  }
  await writeFile(folder.path, whole, { mode: 0o600 });
  expect(await codeOf(passphrase)).toBe("opened");
  expect(await readFile(folder.path, "utf8")).toBe(whole);
});

it("[VT6] a key file of another user stops the start", async ({ skip }) => {
  skip(process.getuid?.() !== 0, "only root can give a file away");
  await using folder = await keyFolder();
  await openKeyFile(folder.path);
  await chown(folder.path, 12_345, 12_345);
  await expect(openKeyFile(folder.path)).rejects.toMatchObject({ code: "KEY_FILE_EXPOSED" });
  await chown(folder.path, 0, 0);
  await chmod(folder.path, 0o640);
  await expect(openKeyFile(folder.path)).rejects.toMatchObject({ code: "KEY_FILE_EXPOSED" });
});

it("[VT12] a data key that nobody used for 10 minutes is overwritten, and any after 60", async () => {
  const clock = new FakeClock();
  using cache = new DataKeyCache(clock);
  const [idle, busy] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  cache.keep("idle", idle);
  cache.keep("busy", busy);
  for (let passed = 0; passed < IDLE_MS - 1; passed += (IDLE_MS - 1) / 3) {
    await clock.advance((IDLE_MS - 1) / 3);
    expect(cache.find("busy")).toBe(busy);
  }
  expect(idle).toEqual(Buffer.alloc(32, 1));
  await clock.advance(1);
  expect(idle).toEqual(Buffer.alloc(32));
  expect(cache.find("idle")).toBeNull();
  while (clock.monotonic() < HARD_MS - 60_000) {
    await clock.advance(60_000);
    expect(cache.find("busy")).toBe(busy);
  }
  await clock.advance(HARD_MS - clock.monotonic());
  expect(busy).toEqual(Buffer.alloc(32));
  expect([cache.size, clock.pendingTimers]).toEqual([0, 0]);
});

it("[VT13] a secret prints as redacted in every way, and is overwritten at its end", () => {
  const bytes = Buffer.from("s3cret");
  const secret = new Secret(bytes);
  const told = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 9, showHidden: true })];
  for (const text of told) {
    expect(text).toContain("[redacted]");
    expect(text).not.toContain("s3cret");
  }
  expect(secret.use(String)).toBe("s3cret");
  secret[Symbol.dispose]();
  expect(bytes).toEqual(Buffer.alloc(6));
  expect(() => secret.use(String)).toThrow(RangeError);
});
