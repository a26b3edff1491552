import { open, readFile, stat } from "node:fs/promises";
import type { AuditCheckpoint } from "@trenddojo/db";
import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const line = z.strictObject({
  number: z.number().int().min(1),
  at: z.number().int(),
  heads: z.array(z.strictObject({ chain: z.string(), sequence: z.number().int(), hash })),
  previousHash: hash,
  keyId: hash,
  signature: z.string(),
});

/** What a file of checkpoints says, as far as it can be read. */
export interface CheckpointLines {
  readonly checkpoints: readonly AuditCheckpoint[];
  /** The first line that is none, from 1; null where all are. */
  readonly firstBadLine: number | null;
}

interface FileEnd {
  /** Of the last checkpoint, 0 where there is none. */
  readonly number: number;
  /** Whether every line is a checkpoint. */
  readonly isReadable: boolean;
}

/** Checkpoints outside the database, one JSON line each, only ever added to: best on another disk, or copied elsewhere. */
export class CheckpointFile {
  readonly #path: string;
  /** How long the file was when its end was looked at, so that a long one is not read again and again. */
  #seen: (FileEnd & { readonly size: number }) | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty where there is no file. A last line that was cut short by a crash counts as not written. */
  async read(): Promise<CheckpointLines> {
    const text = await this.#text();
    const lines = text.split("\n");
    // What follows the last line feed was not written whole.
    lines.pop();
    const checkpoints: AuditCheckpoint[] = [];
    for (const [index, each] of lines.entries()) {
      const parsed = line.safeParse(toJson(each));
      if (!parsed.success) return { checkpoints, firstBadLine: index + 1 };
      checkpoints.push(parsed.data);
    }
    return { checkpoints, firstBadLine: null };
  }

  /** How far the file goes. */
  async end(): Promise<FileEnd> {
    const size = await this.#size();
    if (this.#seen?.size !== size) {
      const { checkpoints, firstBadLine } = await this.read();
      this.#seen = { size, number: checkpoints.at(-1)?.number ?? 0, isReadable: firstBadLine === null };
    }
    return this.#seen;
  }

  /** On the disk when it resolves. */
  async append(checkpoints: readonly AuditCheckpoint[]): Promise<void> {
    const last = checkpoints.at(-1);
    if (last === undefined) return;
    const { isReadable } = await this.end();
    const file = await open(this.#path, "a+", 0o600);
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
      if (size > 0 && buffer.toString() !== "\n") {
        // Half a line is what a crash left: what it told of is written again.
        const text = await this.#text();
        await file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
      }
      await file.appendFile(checkpoints.map((each) => `${lineOf(each)}\n`).join(""));
      await file.sync();
      this.#seen = { size: (await file.stat()).size, number: last.number, isReadable };
    } finally {
      await file.close();
    }
  }

  async #size(): Promise<number> {
    try {
      return (await stat(this.#path)).size;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  async #text(): Promise<string> {
    try {
      return await readFile(this.#path, "utf8");
    } catch (error) {
      if (isMissing(error)) return "";
      throw error;
    }
  }
}

/** A checkpoint as its file holds it. */
export function lineOf({ number, at, heads, previousHash, keyId, signature }: AuditCheckpoint): string {
  return JSON.stringify({ number, at, heads, previousHash, keyId, signature });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
