import type { Clock } from "@trenddojo/brokers/domain";
import {
  auditCheckpoints,
  checkpointHash,
  checkpointText,
  GENESIS_HASH,
  type AuditCheckpointBody,
  type ChainHead,
  type Db,
} from "@trenddojo/db";
import type { Logger } from "pino";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { CheckpointFile } from "./CheckpointFile.ts";
import { readCheckpoints, storedCheckpoints, type CheckpointEvidence } from "./readCheckpoints.ts";
import type { PublicKeys, SigningKey } from "./SigningKey.ts";

/** Between two looks at how far the log has come. */
const LOOK_MS = 5_000;
/** What was written is signed after this at the latest, or after so many rows. */
const EVERY_MS = 60_000;
const EVERY_ROWS = 1_000;

interface AuditCheckpointsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly key: SigningKey;
  readonly keys: PublicKeys;
  readonly file: CheckpointFile;
}

/**
 * Signs where the audit log's chains end, and keeps what it signed in the database and outside of it: without the key
 * nobody can cut a chain, or write one anew, so that it does not show.
 */
export class AuditCheckpoints implements AsyncDisposable {
  readonly #deps: AuditCheckpointsDeps;
  readonly #tasks: TaskSet;
  readonly #stop = new AbortController();
  /** By chain: the last sequence that was signed. Null until it was read. */
  #signed: Map<string, number> | null = null;
  #signedAt: number;
  /** So that what stays wrong is said once. */
  #isRefusing = false;

  constructor(deps: AuditCheckpointsDeps) {
    this.#deps = deps;
    this.#tasks = new TaskSet(deps.log);
    this.#signedAt = deps.clock.now();
  }

  /** Signs what was written before, and goes on until it is disposed of. */
  async start(): Promise<void> {
    await this.#signQuietly();
    this.#tasks.add("sign the audit log", this.#run());
  }

  /**
   * Signs the chains that have grown, where any has, and copies to the file what it lacks. Nothing is signed on a log
   * that has lost what was signed before: that would hide it.
   */
  async sign(): Promise<void> {
    const { db, clock, key, log } = this.#deps;
    const moved = await this.#moved();
    this.#signedAt = clock.now();
    if (await this.#isCut()) {
      if (!this.#isRefusing) {
        log.error("the audit log lacks what was signed of it: it is not signed further; run `pnpm desk audit verify`");
      }
      this.#isRefusing = true;
      return;
    }
    this.#isRefusing = false;
    if (moved.length > 0) {
      const last = await auditCheckpoints.last(db);
      const body: AuditCheckpointBody = {
        number: (last?.number ?? 0) + 1,
        at: clock.now(),
        heads: moved,
        previousHash: last === null ? GENESIS_HASH : checkpointHash(last),
        keyId: key.keyId,
      };
      // Where another desk was quicker, the next look finds what it left.
      if (await auditCheckpoints.insert(db, { ...body, signature: key.sign(checkpointText(body)) })) {
        for (const { chain, sequence } of moved) this.#signed?.set(chain, sequence);
      }
    }
    await this.#copyOut();
  }

  /** What was signed of the log, and whether it is still as it was. @param path of a copy. @default the desk's own file */
  evidence(path?: string): Promise<CheckpointEvidence> {
    return readCheckpoints(path === undefined ? this.#deps : { ...this.#deps, file: new CheckpointFile(path) });
  }

  /** Signs what was written last. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#tasks.idle();
    await this.#signQuietly();
  }

  async #run(): Promise<void> {
    const { clock } = this.#deps;
    while (await sleepQuietly(clock, LOOK_MS, this.#stop.signal)) {
      const isDue = clock.now() - this.#signedAt >= EVERY_MS || (await this.#rowsWaiting()) >= EVERY_ROWS;
      if (isDue) await this.#signQuietly();
    }
  }

  async #signQuietly(): Promise<void> {
    try {
      await this.sign();
    } catch (err) {
      this.#deps.log.error({ err }, "the audit log could not be signed; it is tried again");
    }
  }

  async #rowsWaiting(): Promise<number> {
    try {
      const moved = await this.#moved();
      return moved.reduce((rows, { chain, sequence }) => rows + sequence - (this.#signed?.get(chain) ?? 0), 0);
    } catch (err) {
      this.#deps.log.error({ err }, "the audit log could not be looked at; it is tried again");
      return 0;
    }
  }

  async #moved(): Promise<ChainHead[]> {
    const { db } = this.#deps;
    this.#signed ??= new Map(
      (await storedCheckpoints(db)).flatMap(({ heads }) => heads).map(({ chain, sequence }) => [chain, sequence]),
    );
    const signed = this.#signed;
    return (await auditCheckpoints.heads(db)).filter(({ chain, sequence }) => sequence > (signed.get(chain) ?? 0));
  }

  /** Whether the database has lost a checkpoint that the file has, or a row that the last one tells of. */
  async #isCut(): Promise<boolean> {
    const { db, file } = this.#deps;
    const last = await auditCheckpoints.last(db);
    if ((await file.end()).number > (last?.number ?? 0)) return true;
    for (const head of last?.heads ?? []) if (!(await auditCheckpoints.holds(db, head))) return true;
    return false;
  }

  async #copyOut(): Promise<void> {
    const { db, file } = this.#deps;
    const { number, isReadable } = await file.end();
    // A line that is none stays for `audit verify` to name; to write on after it would bury it.
    if (isReadable) await file.append(await storedCheckpoints(db, number));
  }
}
