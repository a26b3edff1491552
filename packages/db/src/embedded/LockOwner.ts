import { readFile, readlink, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";

const schema = z.object({
  pid: z.number().int().positive(),
  /** Of the machine's start; null where the system does not tell. */
  bootId: z.string().nullable(),
  /** When the process began, in the system's own ticks; tells a reused pid from the owner. Null where the system does not tell. */
  startedAt: z.string().nullable(),
  /** Within which `pid` names it: a container has its own. Null where the system has none, or does not tell. */
  pidNamespace: z.string().nullable().default(null),
  /** The machine's name; a container's is its own, and outlasts its restarts. Null where it was not told. */
  host: z.string().nullable().default(null),
  /** Of the installed system; null where it has none. */
  machineId: z.string().nullable().default(null),
  /** The mounted file system on which it sees the lock, by the number that this boot has for it. Null where not told. */
  device: z.number().nullable().default(null),
  /** The owner closed the folder in good order. */
  released: z.boolean(),
});
/** Who holds, or held, a data directory. */
export type LockOwner = z.infer<typeof schema>;

/** Whether an owner still holds its lock, as far as can be told. */
export type Life = "alive" | "dead" | "unknown";

/** This process, as others will find it. @param folder where the lock lies. */
export async function thisProcess(folder: string): Promise<LockOwner> {
  const [own, boot, namespace, machine, { dev }] = await Promise.all([
    processStat(process.pid),
    readIfThere("/proc/sys/kernel/random/boot_id"),
    readlink("/proc/self/ns/pid").catch(() => null),
    readIfThere("/etc/machine-id"),
    stat(folder),
  ]);
  return {
    pid: process.pid,
    bootId: boot ?? null,
    startedAt: own?.startedAt ?? null,
    pidNamespace: namespace,
    host: hostname(),
    machineId: machine ?? null,
    device: dev,
    released: false,
  };
}

/** Undefined for what is no owner's record: the machine lost power before its bytes reached the disk. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Errs on the side of life: an owner is dead only where it released its lock, or where that is certain.
 * - Another boot of this machine: dead. Of a machine with another name or id: unknown.
 * - In our process namespace: as the system says of its pid.
 * - In another one of this machine: as `askForSign` says, if both see the lock through the same mount.
 */
export async function lifeOf(owner: LockOwner, self: LockOwner, askForSign: () => Promise<Life>): Promise<Life> {
  if (owner.released) return "dead";
  const isSameMachine = mayBeSame(owner.host, self.host) && owner.machineId === self.machineId;
  if (!mayBeSame(owner.bootId, self.bootId)) return isSameMachine ? "dead" : "unknown";
  if ((owner.bootId === null || self.bootId === null) && !isSameMachine) return "unknown";
  if (mayBeSame(owner.pidNamespace, self.pidNamespace)) return (await isRunning(owner)) ? "alive" : "dead";
  return owner.device === self.device ? askForSign() : "unknown";
}

function mayBeSame(left: string | null, right: string | null): boolean {
  return left === null || right === null || left === right;
}

async function isRunning(owner: LockOwner): Promise<boolean> {
  if (!hasProcess(owner.pid)) return false;
  const found = await processStat(owner.pid);
  if (found === undefined) return true;
  // A zombie is dead; its parent has only not asked how it died.
  if (found.state === "Z" || found.state === "X") return false;
  return owner.startedAt === null || owner.startedAt === found.startedAt;
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

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 3 is the state, field 22 the start time. */
async function processStat(pid: number): Promise<{ readonly state: string; readonly startedAt: string } | undefined> {
  const text = await readIfThere(`/proc/${pid}/stat`);
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const state = fields?.[0];
  const startedAt = fields?.[19];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}

/** Undefined where it is not there or empty. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, "utf8")).trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}
