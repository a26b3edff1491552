import { readFile } from "node:fs/promises";
import { z } from "zod";

const schema = z.object({
  pid: z.number().int().positive(),
  /** Of the machine's start; null where the system does not tell. */
  bootId: z.string().nullable(),
  /** When the process began, in the system's own ticks; tells a reused pid from the owner. Null where the system does not tell. */
  startedAt: z.string().nullable(),
  /** The owner closed the folder in good order. */
  released: z.boolean(),
});
/** Who holds, or held, a data directory. */
export type LockOwner = z.infer<typeof schema>;

/** This process, as others will find it. */
export async function thisProcess(): Promise<LockOwner> {
  const stat = await processStat(process.pid);
  return { pid: process.pid, bootId: await bootId(), startedAt: stat?.startedAt ?? null, released: false };
}

/** Undefined for what is no owner's record: the machine lost power before its bytes reached the disk. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Errs on the side of life: only a released, provably dead or illegible owner is not alive. */
export async function isAlive(owner: LockOwner | undefined): Promise<boolean> {
  if (owner === undefined || owner.released) return false;
  const currentBoot = await bootId();
  if (owner.bootId !== null && currentBoot !== null && owner.bootId !== currentBoot) return false;
  if (!hasProcess(owner.pid)) return false;
  const stat = await processStat(owner.pid);
  if (stat === undefined) return true;
  // A zombie is dead; its parent has only not asked how it died.
  if (stat.state === "Z" || stat.state === "X") return false;
  return owner.startedAt === null || owner.startedAt === stat.startedAt;
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

async function bootId(): Promise<string | null> {
  return (await readIfThere("/proc/sys/kernel/random/boot_id"))?.trim() ?? null;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 3 is the state, field 22 the start time. */
async function processStat(pid: number): Promise<{ readonly state: string; readonly startedAt: string } | undefined> {
  const text = await readIfThere(`/proc/${pid}/stat`);
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const state = fields?.[0];
  const startedAt = fields?.[19];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
