import { createReadStream } from "node:fs";
import { PassThrough, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import type { TapeFile } from "./openTapeFolder.ts";
import { TapeParser } from "./TapeParser.ts";
import type { MalformedRow, TapeRow } from "./TapeRow.ts";

/** Unpacked at a time; a few thousand rows, which is all of a file that memory ever holds. */
const CHUNK_BYTES = 64 * 1024;

/** One file of a tape, read as it is consumed. `row` is the row that is next, and undefined at the end. */
export class TapeReader implements AsyncDisposable {
  readonly symbol: string;
  row: TapeRow | undefined;
  readonly #batches: AsyncGenerator<readonly TapeRow[], undefined>;
  #batch: readonly TapeRow[] = [];
  #index = 0;

  /** @param report hears of every row that is skipped, and of damage at which the file ends early. */
  constructor(file: TapeFile, report: (row: MalformedRow) => void) {
    this.symbol = file.symbol;
    this.#batches = readBatches(file, report);
  }

  /** Steps to the next row where it is at hand. False: `refill` must read on. */
  advance(): boolean {
    this.#index += 1;
    this.row = this.#batch[this.#index];
    return this.row !== undefined;
  }

  /** Reads the next rows of the file; at its end `row` stays undefined. Never rejects. */
  async refill(): Promise<void> {
    const next = await this.#batches.next();
    this.#batch = next.done === true ? [] : next.value;
    this.#index = 0;
    this.row = this.#batch[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#batches.return(undefined);
  }
}

/** Batches of at least one row. */
async function* readBatches(
  file: TapeFile,
  report: (row: MalformedRow) => void,
): AsyncGenerator<readonly TapeRow[], undefined> {
  const parser = new TapeParser(file.name, file.kind, report);
  const isPacked = file.kind !== "news";
  const bytes = isPacked ? createGunzip({ chunkSize: CHUNK_BYTES }) : new PassThrough();
  // The error reaches the loop below through `bytes`.
  pipeline(createReadStream(file.path), bytes, () => undefined);
  try {
    for await (const chunk of bytes) {
      const rows = parser.push(chunk);
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    report({ file: file.name, line: parser.line + 1, reason: `the file cannot be read from here on: ${cause}` });
    return;
  }
  const rows = parser.end();
  if (rows.length > 0) yield rows;
}
