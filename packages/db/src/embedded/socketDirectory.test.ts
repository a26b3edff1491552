import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeSocketDirectory } from "./socketDirectory.ts";

let parent = "";
let record = "";
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "socket-record-"));
  record = join(parent, "database.socket");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test("[DB75] what a killed owner left is cleared away, and nothing is left after a close", async () => {
  const killed = dirname((await makeSocketDirectory(record)).socketPath);
  const next = await makeSocketDirectory(record);
  expect(await isThere(killed)).toBe(false);
  expect(await readFile(record, "utf8")).toBe(dirname(next.socketPath));
  await next[Symbol.asyncDispose]();
  expect([await isThere(dirname(next.socketPath)), await isThere(record)]).toEqual([false, false]);
});

test("[DB75] no other folder is removed, whatever the record says", async () => {
  const precious = [
    join(parent, "trenddojo-backup"),
    join(parent, "trenddojo-abc123"),
    join(tmpdir(), `trenddojo-backup-${process.pid}`),
    join(tmpdir(), `trenddojo-${String(process.pid % 1e6).padStart(6, "x")}`),
  ];
  const detours = [
    `${parent}/nowhere/../trenddojo-abc123`,
    `${parent}/trenddojo-abc123/`,
    `${parent}/trenddojo-abc123\n`,
  ];
  try {
    for (const folder of precious) await mkdir(join(folder, "inside"), { recursive: true });
    for (const named of [...precious, ...detours]) {
      await writeFile(record, named);
      await using made = await makeSocketDirectory(record);
      expect(made.socketPath).toBeDefined();
      for (const folder of precious) expect([named, await isThere(join(folder, "inside"))]).toEqual([named, true]);
    }
  } finally {
    for (const folder of precious) await rm(folder, { recursive: true, force: true });
  }
});

test("[DB75] a link in the place of the folder is not followed", async () => {
  const { socketPath } = await makeSocketDirectory(record);
  const target = join(parent, "data");
  await mkdir(target);
  await rm(dirname(socketPath), { recursive: true });
  await symlink(target, dirname(socketPath));
  for (const name of ["db", "file"]) await writeFile(join(target, name), "");
  await using next = await makeSocketDirectory(record);
  expect(next.socketPath).not.toBe(socketPath);
  expect(await readdir(target)).toEqual(["db", "file"]);
  await rm(dirname(socketPath));
});
