import { DbError } from "./DbError.ts";

/** Where a page ended: the instant of its last row, and what tells rows of one instant apart. */
export interface PageEnd {
  /** Epoch milliseconds. */
  readonly at: number;
  /** 0 where rows have no number. */
  readonly sequence: number;
  readonly id: string;
}

const GRAMMAR = /^([0-9a-z]{1,11})_([0-9a-z]{1,11})_([\x21-\x7e]{1,100})$/;

/** An opaque cursor of at most 124 printable characters. */
export function formatCursor({ at, sequence, id }: PageEnd): string {
  return `${at.toString(36)}_${sequence.toString(36)}_${id}`;
}

/** @throws DbError BAD_CURSOR for what `formatCursor` did not make. */
export function parseCursor(cursor: string): PageEnd {
  const [, instant = "", number = "", id = ""] = GRAMMAR.exec(cursor) ?? [];
  const at = Number.parseInt(instant, 36);
  const sequence = Number.parseInt(number, 36);
  // The range that both a JavaScript Date and timestamptz hold.
  if (!(at >= 0 && at <= 8_640_000_000_000_000) || !Number.isSafeInteger(sequence)) {
    throw new DbError("BAD_CURSOR", "the cursor is not one that a page ended with; begin without one");
  }
  return { at, sequence, id };
}
