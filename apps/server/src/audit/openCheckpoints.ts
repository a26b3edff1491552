import { join } from "node:path";
import type { Clock } from "@trenddojo/brokers/domain";
import type { Db } from "@trenddojo/db";
import type { Logger } from "pino";
import type { Env } from "../env.ts";
import { AuditCheckpoints } from "./AuditCheckpoints.ts";
import { CheckpointFile } from "./CheckpointFile.ts";
import { loadOrCreateSigningKey, publicKeysPath, readPublicKeys } from "./SigningKey.ts";

type Settings = Pick<Env, "DATA_DIR" | "AUDIT_CHECKPOINT_FILE">;

/** Where the key is that checkpoints are signed with. */
export function signingKeyPath({ DATA_DIR }: Pick<Env, "DATA_DIR">): string {
  return join(DATA_DIR, "audit-signing.key");
}

/** Where checkpoints are kept outside the database. */
export function checkpointPath({ DATA_DIR, AUDIT_CHECKPOINT_FILE }: Settings): string {
  return AUDIT_CHECKPOINT_FILE ?? join(DATA_DIR, "audit-checkpoints.jsonl");
}

/** The desk's checkpoints, not started. @throws SigningKeyError */
export async function openCheckpoints(env: Settings, db: Db, clock: Clock, log: Logger): Promise<AuditCheckpoints> {
  const path = signingKeyPath(env);
  const key = await loadOrCreateSigningKey(path);
  const keys = await readPublicKeys(publicKeysPath(path));
  return new AuditCheckpoints({ db, clock, log, key, keys, file: new CheckpointFile(checkpointPath(env)) });
}
