import type { TapeFile } from "./openTapeFolder.ts";
import { TapeReader } from "./TapeReader.ts";
import type { MalformedRow, TapeRow } from "./TapeRow.ts";

/** The row that is next on the tape. */
export interface TapeEntry {
  readonly symbol: string;
  readonly row: TapeRow;
}

interface Source extends TapeEntry {
  readonly reader: TapeReader;
  /** The file's place in the folder's order. */
  readonly rank: number;
  row: TapeRow;
}

/**
 * The rows of all files in the order of time. At one millisecond the files go in the folder's order (by symbol, a
 * symbol's quotes before its trades), and each file's rows in its own.
 */
export class TapeMerger implements AsyncDisposable {
  readonly #readers: readonly TapeReader[];
  /** A binary heap: each source is before the two at twice its place. Those at their end have left it. */
  readonly #heap: Source[] = [];

  constructor(files: readonly TapeFile[], report: (row: MalformedRow) => void) {
    this.#readers = files.map((file) => new TapeReader(file, report));
  }

  /** Reads to the first row of every file. Once, before anything else. */
  async open(): Promise<void> {
    for (const [rank, reader] of this.#readers.entries()) {
      await reader.refill();
      const { symbol, row } = reader;
      if (row !== undefined) this.#heap.push({ symbol, reader, rank, row });
    }
    this.#heap.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** What is next; undefined at the end of the tape. */
  get next(): TapeEntry | undefined {
    return this.#heap[0];
  }

  /** Steps past `next`. Answers a promise only where a file must be read on, which is once in thousands of rows. */
  advance(): Promise<void> | undefined {
    const top = this.#heap[0];
    if (top === undefined) return undefined;
    if (!top.reader.advance()) return this.#refill(top);
    this.#replaceTop(top);
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#readers) await reader[Symbol.asyncDispose]();
  }

  async #refill(top: Source): Promise<void> {
    await top.reader.refill();
    if (top.reader.row !== undefined) return this.#replaceTop(top);
    const last = this.#heap.pop();
    if (last !== undefined && last !== top) this.#siftDown(last);
  }

  #replaceTop(top: Source): void {
    top.row = top.reader.row ?? top.row;
    this.#siftDown(top);
  }

  /** Puts a source in at the top and lets it sink to its place. */
  #siftDown(source: Source): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      if (left === undefined) break;
      const isLeft = right === undefined || isBefore(left, right);
      const first = isLeft ? left : right;
      if (isBefore(source, first)) break;
      heap[place] = first;
      place = 2 * place + (isLeft ? 1 : 2);
    }
    heap[place] = source;
  }
}

function isBefore(a: Source, b: Source): boolean {
  return a.row.ms === b.row.ms ? a.rank < b.rank : a.row.ms < b.row.ms;
}
