import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openKeyFile } from "./KeyFile.ts";
import type { KeyEncryptionKey } from "./KeyRing.ts";

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "key-file-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function openKeyOf(path: string, countSealed?: () => Promise<number>): Promise<KeyEncryptionKey> {
  return (await openKeyFile(path, countSealed === undefined ? {} : { countSealed })).ring.current;
}

describe("the key file", () => {
  it("[VT6] is made at the first start, for its owner only, and read at the next", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "vault", "key");
    const made = await openKeyOf(path);
    expect(made).toMatchObject({ version: 1 });
    expect(made.key).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder.path, "vault"))).mode & 0o777).toBe(0o700);
    expect(await openKeyOf(path)).toEqual(made);
    expect(await readdir(join(folder.path, "vault"))).toEqual(["key"]);
  });

  it("[VT6] starts that race agree on one key", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "key");
    const keys = await Promise.all(Array.from({ length: 8 }, () => openKeyOf(path)));
    expect(new Set(keys.map(({ key }) => key.toString("hex"))).size).toBe(1);
    expect(await readdir(folder.path)).toEqual(["key"]);
  });

  it("[VT6] one that others may read stops the start, and is not changed", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "key");
    await openKeyOf(path);
    const before = await readFile(path, "utf8");
    await chmod(path, 0o644);
    await expect(openKeyOf(path)).rejects.toMatchObject({
      name: "KeyFileError",
      code: "KEY_FILE_EXPOSED",
      path,
    });
    expect(await readFile(path, "utf8")).toBe(before);
  });

  it.each(["", "trenddojo-key v1 1 short\n", "something else entirely", `trenddojo-key v9 1 ${"A".repeat(43)}\n`])(
    "[VT6] a damaged one (%j) stops the start instead of being replaced",
    async (text) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, "key");
      await writeFile(path, text, { mode: 0o600 });
      await expect(openKeyOf(path)).rejects.toMatchObject({ code: "KEY_FILE_MALFORMED" });
      expect(await readFile(path, "utf8")).toBe(text);
    },
  );

  it("[VT6] a lost one is not replaced while sealed secrets need it: the start stops, and says how to go on", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "key");
    await expect(openKeyOf(path, async () => 2)).rejects.toMatchObject({
      code: "KEY_FILE_MISSING",
      message:
        `the key file ${path} is missing and 2 sealed credentials need it: ` +
        "restore it from a backup, or set CREDENTIAL_KEY to the key that it held",
    });
    await expect(openKeyOf(path, async () => 1)).rejects.toMatchObject({
      message: expect.stringContaining("1 sealed credential needs it:"),
    });
    expect(await readdir(folder.path)).toEqual([]);
    const made = await openKeyOf(path, async () => 0);
    expect(await openKeyOf(path, () => Promise.reject(new Error("not asked")))).toEqual(made);
  });

  it("[VT6] a place where none can be made says so", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "file"), "");
    await expect(openKeyOf(join(folder.path, "file", "key"))).rejects.toMatchObject({
      code: "KEY_FILE_UNUSABLE",
    });
  });
});
