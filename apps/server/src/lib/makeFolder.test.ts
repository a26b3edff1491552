import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "./makeFolder.ts";

it("[MF1] makes what is missing, for this user only, and leaves what is there", async () => {
  const root = await mkdtemp(join(tmpdir(), "trenddojo-folder-"));
  try {
    const deep = join(root, "a", "b", "c");
    await Promise.all([makeFolder(deep), makeFolder(deep)]);
    await makeFolder(deep);
    expect((await stat(deep)).mode & 0o777).toBe(0o700);
    await writeFile(join(root, "file"), "");
    await expect(makeFolder(join(root, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolder(join(root, "file", "below"))).rejects.toMatchObject({ code: /EEXIST|ENOTDIR/ });
  } finally {
    await rm(root, { recursive: true });
  }
});

it("[MF2] what cannot be made is refused at once, also where the parent seems to be there", async () => {
  await expect(makeFolder("/proc/no-such-folder")).rejects.toMatchObject({ code: /ENOENT|EACCES|EPERM|EROFS/ });
}, 5_000);
