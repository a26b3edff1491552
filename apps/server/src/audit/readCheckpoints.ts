import { auditCheckpoints, checkpointHash, type AuditCheckpoint, type AuditHead, type Db } from "@trenddojo/db";
import { checkCheckpoints } from "./checkCheckpoints.ts";
import type { CheckpointFile } from "./CheckpointFile.ts";
import type { PublicKeys } from "./SigningKey.ts";

const PAGE = 1_000;

/** What the checkpoints say of the log. */
export interface CheckpointEvidence {
  readonly count: number;
  /** Where each chain ended, at every checkpoint. */
  readonly heads: ReadonlyMap<string, readonly AuditHead[]>;
  /** What is wrong with the checkpoints themselves; null where nothing is. */
  readonly fault: string | null;
}

/** Where nothing is signed. */
export const noCheckpoints: CheckpointEvidence = { count: 0, heads: new Map(), fault: null };

interface CheckpointSources {
  readonly db: Db;
  readonly file: CheckpointFile;
  readonly keys: PublicKeys;
}

/**
 * The checkpoints of the database and of the file outside it, checked each by itself and against each other. One that only
 * the database has is no fault: a crash may have come before it was copied. One that only the file has is: the database
 * was cut, or restored from an older backup.
 */
export async function readCheckpoints({ db, file, keys }: CheckpointSources): Promise<CheckpointEvidence> {
  // The file first: what is signed meanwhile reaches the database before it.
  const outside = await file.read();
  const stored = await storedCheckpoints(db);
  const fault =
    checkCheckpoints("the database", stored, keys) ??
    checkCheckpoints("the file", outside.checkpoints, keys) ??
    (outside.firstBadLine === null ? null : `line ${outside.firstBadLine} of the file is no checkpoint`) ??
    difference(stored, outside.checkpoints);
  const heads = new Map<string, AuditHead[]>();
  for (const { heads: ends } of [...stored, ...outside.checkpoints.slice(stored.length)]) {
    for (const { chain, ...head } of ends) {
      const known = heads.get(chain);
      if (known === undefined) heads.set(chain, [head]);
      else known.push(head);
    }
  }
  return { count: Math.max(stored.length, outside.checkpoints.length), heads, fault };
}

/** All of the database's after `number`, in order. */
export async function storedCheckpoints(db: Db, number = 0): Promise<readonly AuditCheckpoint[]> {
  const all: AuditCheckpoint[] = [];
  for (;;) {
    const page = await auditCheckpoints.since(db, all.at(-1)?.number ?? number, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

function difference(stored: readonly AuditCheckpoint[], outside: readonly AuditCheckpoint[]): string | null {
  if (outside.length > stored.length) {
    return `checkpoint ${stored.length + 1} of the file is not in the database: it was cut, or restored from an older backup`;
  }
  const differing = outside.findIndex((each, index) => {
    const other = stored[index];
    return other === undefined || checkpointHash(each) !== checkpointHash(other);
  });
  return differing === -1 ? null : `checkpoint ${differing + 1} is not the same in the database and in the file`;
}
