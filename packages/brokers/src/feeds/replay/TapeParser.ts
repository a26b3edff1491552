import { parseTapeLine, TAPE_HEADERS } from "./parseTapeLine.ts";
import type { MalformedRow, TapeKind, TapeRow } from "./TapeRow.ts";

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A line longer than this is no row, and is not kept in memory to find out. */
const LONGEST_LINE = 1024;

/**
 * Turns the bytes of one file into rows, in whatever pieces they arrive. What is no row is reported with its line and
 * skipped, and so is a row whose time lies before the row above it. A header in the first line is not a row.
 */
export class TapeParser {
  readonly #file: string;
  readonly #kind: TapeKind;
  readonly #report: (row: MalformedRow) => void;
  /** The piece of a line that the last chunk ended in. */
  #rest: Uint8Array = new Uint8Array();
  /** The line under way is longer than a row can be; its bytes are dropped. */
  #isOverlong = false;
  #line = 0;
  #lastMs = 0;

  constructor(file: string, kind: TapeKind, report: (row: MalformedRow) => void) {
    this.#file = file;
    this.#kind = kind;
    this.#report = report;
  }

  /** Lines read so far. */
  get line(): number {
    return this.#line;
  }

  /** The rows that the chunk completes. */
  push(chunk: Uint8Array): TapeRow[] {
    const rows: TapeRow[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      this.#take(this.#withRest(chunk.subarray(from, end)), rows);
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
    return rows;
  }

  /** The row of a last line without a line end. */
  end(): TapeRow[] {
    const rows: TapeRow[] = [];
    if (this.#rest.length > 0 || this.#isOverlong) this.#take(this.#withRest(new Uint8Array()), rows);
    return rows;
  }

  #withRest(bytes: Uint8Array): Uint8Array {
    if (this.#rest.length === 0) return bytes;
    const line = concat(this.#rest, bytes);
    this.#rest = new Uint8Array();
    return line;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#rest.length + bytes.length > LONGEST_LINE) this.#isOverlong = true;
    // Copied: the chunk's memory is the reader's and may be large.
    this.#rest = this.#isOverlong ? new Uint8Array() : concat(this.#rest, bytes);
  }

  #take(line: Uint8Array, rows: TapeRow[]): void {
    this.#line += 1;
    const isOverlong = this.#isOverlong || line.length > LONGEST_LINE;
    this.#isOverlong = false;
    if (isOverlong) return this.#skip(`the line is longer than ${LONGEST_LINE} bytes`);
    const text = line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
    if (this.#line === 1 && isHeader(this.#kind, text)) return;
    const row = parseTapeLine(this.#kind, text);
    if (typeof row === "string") return this.#skip(row);
    if (row.ms < this.#lastMs) return this.#skip(`time goes back from ${this.#lastMs} to ${row.ms} ms`);
    this.#lastMs = row.ms;
    rows.push(row.kind === "news" ? { ...row, line: this.#line } : row);
  }

  #skip(reason: string): void {
    this.#report({ file: this.#file, line: this.#line, reason });
  }
}

function isHeader(kind: TapeKind, line: Uint8Array): boolean {
  const header = TAPE_HEADERS[kind];
  return line.length === header.length && line.every((byte, index) => byte === header.charCodeAt(index));
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
