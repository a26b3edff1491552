import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DbError } from "../DbError.ts";
import { claim, lockDirectory } from "./DirectoryLock.ts";
import { lifeOf, thisProcess, type LockOwner } from "./LockOwner.ts";
import { spawnScript, whyNoNamespace } from "../testing/spawnScript.ts";

let parent = "";
let folder = "";
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "trenddojo-lock-"));
  folder = join(parent, "database");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const lockFiles = async (): Promise<string[]> =>
  (await readdir(parent)).filter((name) => !name.endsWith(".alive")).sort();
const unseen = (): Promise<"unknown"> => Promise.resolve("unknown");
/** Answers the refusal's message. */
async function refusalOf(owner: LockOwner): Promise<string> {
  await writeFile(join(parent, "database.lock.5"), JSON.stringify(owner));
  const error: unknown = await lockDirectory(folder).catch((cause: unknown) => cause);
  if (!(error instanceof DbError)) throw new Error("it was expected to be refused", { cause: error });
  expect(error).toMatchObject({ code: "DATA_DIR_LOCKED", details: { pid: owner.pid, path: folder } });
  expect(error.message).not.toContain("\n");
  return error.message;
}

test("[DB60] a second taker is refused with the owner's pid, and after the release it is let in", async () => {
  const first = await lockDirectory(folder);
  await expect(lockDirectory(folder)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    details: { pid: process.pid, path: folder },
    message: expect.stringContaining(`process ${process.pid} has ${folder} open`),
  });
  await first.release();
  await using second = await lockDirectory(folder);
  expect(second).toBeDefined();
  expect(await lockFiles()).toEqual(["database.lock.2"]);
});

test("[DB60] a release by someone who lost the lock long ago takes nothing from the owner", async () => {
  const first = await lockDirectory(folder);
  await first.release();
  await using owner = await lockDirectory(folder);
  await first.release();
  await expect(lockDirectory(folder)).rejects.toMatchObject({ code: "DATA_DIR_LOCKED" });
  expect(owner).toBeDefined();
});

test("[DB60] the lock is never taken from a living owner, even where the system does not tell when it began", async () => {
  const self = await thisProcess(parent);
  for (const owner of [
    self,
    { ...self, startedAt: null },
    { ...self, bootId: null },
    { ...self, pid: 1, startedAt: null },
  ]) {
    expect(await lifeOf(owner, self, unseen)).toBe("alive");
    expect(await refusalOf(owner)).toContain(`process ${owner.pid} has ${folder} open`);
  }
});

test("[DB62] where nobody can tell whether the owner lives, the lock is not taken, and the refusal says what to do", async () => {
  const self = await thisProcess(parent);
  const anotherBoot = "00000000-0000-0000-0000-000000000000";
  for (const owner of [
    { ...self, bootId: anotherBoot, host: "another" },
    { ...self, bootId: anotherBoot, machineId: "another" },
    { ...self, bootId: null, host: "another" },
    // A namespace that is gone or that we do not see into, and no sign of life to ask for.
    { ...self, pidNamespace: "pid:[1]" },
    { ...self, pidNamespace: "pid:[1]", device: -1 },
  ]) {
    expect(await refusalOf(owner)).toBe(
      `process ${owner.pid} on ${owner.host} has left ${folder} locked, and whether it still runs cannot be told from ` +
        `here; when you are sure that it does not, remove ${folder}.lock.5 and start again`,
    );
  }
  await rm(`${folder}.lock.5`);
  await using lock = await lockDirectory(folder);
  expect(lock.number).toBe(1);
});

test("[DB62] a record of a version that did not tell the host is read as one of this machine", async () => {
  const { pid, bootId, startedAt } = await thisProcess(parent);
  await writeFile(`${folder}.lock.5`, JSON.stringify({ pid, bootId, startedAt, released: false }));
  await expect(lockDirectory(folder)).rejects.toMatchObject({ code: "DATA_DIR_LOCKED" });
  await writeFile(`${folder}.lock.5`, JSON.stringify({ pid, bootId, startedAt: "1", released: false }));
  await using lock = await lockDirectory(folder);
  expect(lock.number).toBe(6);
});

test("[DB62] the sign of life is there as long as the lock, also beside a folder whose path is too long for a socket", async ({
  skip,
}) => {
  const self = await thisProcess(parent);
  skip(self.pidNamespace === null, "this system has no process namespaces");
  const deep = join(parent, "x".repeat(200), "database");
  await mkdir(dirname(deep));
  const first = await lockDirectory(deep);
  await access(`${deep}.lock.1.alive`);
  await first.release();
  await expect(access(`${deep}.lock.1.alive`)).rejects.toMatchObject({ code: "ENOENT" });
});

test("[DB62] an owner in a container that was killed is dead: its sign of life is there, and nobody behind it", async ({
  skip,
}) => {
  const self = await thisProcess(parent);
  skip(self.pidNamespace === null, "this system has no process namespaces");
  const script = `require("node:net").createServer().listen("database.lock.1.alive", () => process.kill(process.pid, "SIGKILL"))`;
  const killed = spawnSync(process.execPath, ["-e", script], { cwd: parent });
  expect(killed.signal).toBe("SIGKILL");
  await writeFile(`${folder}.lock.1`, JSON.stringify({ ...self, pidNamespace: "pid:[1]" }));
  await using lock = await lockDirectory(folder);
  expect(lock.number).toBe(2);
  expect((await readdir(parent)).sort()).toEqual(["database.lock.2", "database.lock.2.alive"]);
});

test("[DB62] between containers: a living owner's lock is not taken, in either direction, and a killed one's is", async ({
  skip,
}) => {
  const missing = whyNoNamespace();
  skip(missing !== null, missing ?? "");
  const ours = await lockDirectory(folder);
  await using refused = spawnScript("holdLock.ts", [folder], { inNamespace: true });
  expect(await refused.nextLine()).toBe(`DATA_DIR_LOCKED ${process.pid}`);
  await ours.release();

  await using theirs = spawnScript("holdLock.ts", [folder], { inNamespace: true });
  expect(await theirs.nextLine()).toBe("LOCKED 2");
  await expect(lockDirectory(folder)).rejects.toMatchObject({
    code: "DATA_DIR_LOCKED",
    message: expect.stringContaining("in another container"),
  });
  await using third = spawnScript("holdLock.ts", [folder], { inNamespace: true });
  expect(await third.nextLine()).toMatch(/^DATA_DIR_LOCKED /);
  theirs.kill("SIGKILL");
  await theirs.ended;
  await expect.poll(() => lockDirectory(folder).then(({ number }) => number, codeOf)).toBe(3);
});

test("[DB60] a dead owner's lock is taken: gone, another boot, a pid that was given out anew, half a file", async () => {
  const self = await thisProcess(parent);
  const gone = spawnSync(process.execPath, ["--version"]);
  const dead = [
    { ...self, pid: gone.pid },
    { ...self, bootId: "00000000-0000-0000-0000-000000000000" },
    { ...self, startedAt: "1" },
    { ...self, released: true },
  ].map((owner) => JSON.stringify(owner));
  for (const [index, content] of [...dead, "", '{"pid":'].entries()) {
    const abandoned = join(parent, `abandoned-${index}`);
    await writeFile(`${abandoned}.lock.5`, content);
    await using lock = await lockDirectory(abandoned);
    expect(lock.number).toBe(6);
    expect((await lockFiles()).filter((name) => name.startsWith(`abandoned-${index}.`))).toEqual([
      `abandoned-${index}.lock.6`,
    ]);
  }
});

test("[DB60] a zombie is dead", async () => {
  // The shell becomes a process that never asks how its child died.
  const shell = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [pid] = await once(shell.stdout, "data");
    const self = await thisProcess(parent);
    const owner = { ...self, pid: Number(pid), startedAt: null };
    await expect.poll(() => lifeOf(owner, self, unseen)).toBe("dead");
    expect(() => process.kill(owner.pid, 0)).not.toThrow();
  } finally {
    shell.kill("SIGKILL");
  }
});

test("[DB61] of many takers of a dead owner's lock one wins, every time", async () => {
  const dead = { ...(await thisProcess(parent)), released: true };
  for (let round = 1; round <= 25; round += 1) {
    const contested = join(parent, `contested-${round}`);
    await writeFile(`${contested}.lock.3`, JSON.stringify(dead));
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => lockDirectory(contested).then(() => "won", codeOf)),
    );
    expect(answers.toSorted()).toEqual([...Array.from({ length: 5 }, () => "DATA_DIR_LOCKED"), "won"]);
    expect((await lockFiles()).filter((name) => name.startsWith(`contested-${round}.`))).toEqual([
      `contested-${round}.lock.4`,
    ]);
  }
});

test("[DB61] a taker who slept while others came and went does not wake up as a second owner", async () => {
  // It fell asleep when 2 was the highest; since then 3 and 4 were taken and given back, and 5 holds the folder.
  await writeFile(`${folder}.lock.5`, JSON.stringify(await thisProcess(parent)));
  expect(await claim(folder, 3, await thisProcess(parent))).toBe(false);
  expect(await claim(folder, 5, await thisProcess(parent))).toBe(false);
  expect(await lockFiles()).toEqual(["database.lock.5"]);
});

test("[DB61] those who take and give back in turn never hold it two at a time", async () => {
  let holders = 0;
  const takeAndGiveBack = async (): Promise<string> => {
    await using lock = await lockDirectory(folder);
    holders += 1;
    const held = holders;
    await readdir(parent);
    holders -= 1;
    return `${held} at lock ${lock.number}`;
  };
  for (let round = 0; round < 20; round += 1) {
    const takers = await Promise.all(Array.from({ length: 5 }, () => takeAndGiveBack().catch(codeOf)));
    const held = takers.filter((each) => each !== "DATA_DIR_LOCKED");
    expect(held.length).toBeGreaterThan(0);
    expect(held.every((each) => each.startsWith("1 at lock "))).toBe(true);
    expect(new Set(held).size).toBe(held.length);
  }
});

test("[DB61] of several processes that start at once on a dead owner's folder one wins, and the others name it", async () => {
  await writeFile(`${folder}.lock.1`, JSON.stringify({ ...(await thisProcess(parent)), released: true }));
  await using first = spawnScript("holdLock.ts", [folder]);
  await using second = spawnScript("holdLock.ts", [folder]);
  await using third = spawnScript("holdLock.ts", [folder]);
  const takers = [first, second, third];
  const answers = await Promise.all(takers.map((taker) => taker.nextLine()));
  const winner = takers[answers.indexOf("LOCKED 2")];
  expect(answers.filter((answer) => answer === "LOCKED 2")).toHaveLength(1);
  expect(answers.filter((answer) => answer === `DATA_DIR_LOCKED ${winner?.pid}`)).toHaveLength(2);
  winner?.end();
  expect(await winner?.ended).toBe(0);
  await using next = await lockDirectory(folder);
  expect(next.number).toBe(3);
});

function codeOf(error: unknown): string {
  if (error instanceof DbError) return error.code;
  throw error;
}
