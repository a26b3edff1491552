import { calendarDay } from "../../calendar/newYorkTime.ts";
import { CalendarRangeError } from "../../calendar/CalendarRangeError.ts";
import { tryParseFixed } from "../../domain/decimal.ts";
import type { TapeNews } from "./TapeRow.ts";

/** A file of this name in a tape's folder tells what is neither quote nor trade; it is not packed. */
export const NEWS_FILE = "news.csv";

const COLUMNS = 5;
/** A day of the change to standard time has 25 hours. */
const LONGEST_DAY_MS = 25 * 3_600_000;
const WHOLE = /^\d{1,9}$/;
const SYMBOL = /^[A-Z][A-Z0-9.-]{0,11}$/;
const RATIO = /^([1-9]\d{0,6}):([1-9]\d{0,6})$/;
const REASON = /^[\x20-\x7e]{0,80}$/;

/** A row of news, where it stands in the day and of whom it speaks. `ms` counts from midnight in New York. */
export interface ParsedNews {
  readonly kind: "news";
  readonly ms: number;
  readonly symbol: string;
  readonly news: TapeNews;
}

/** Reads a line without its line end. Answers the row, or why it is none; never throws. The format is in feeds/SPEC.md. */
export function parseNewsLine(line: string): ParsedNews | string {
  const columns = line.split(",");
  const [msText = "", symbol = "", event = "", value = "", detail = ""] = columns;
  if (columns.length !== COLUMNS) return `${columns.length} columns instead of ${COLUMNS}`;
  const ms = Number(msText);
  if (!WHOLE.test(msText) || ms >= LONGEST_DAY_MS) return "ms is not a whole number of milliseconds within a day";
  if (!SYMBOL.test(symbol)) return "symbol is none";
  const news = readNews(event, value, detail);
  return typeof news === "string" ? news : { kind: "news", ms, symbol, news };
}

function readNews(event: string, value: string, detail: string): TapeNews | string {
  switch (event) {
    case "halted":
    case "paused":
    case "resumed":
      if (value !== "") return `value is empty for ${event}`;
      return REASON.test(detail) ? { event, reason: detail } : "the reason is longer than 80 printable characters";
    case "split":
      return readSplit(value, detail);
    case "dividend":
      return readDividend(value, detail);
    case "symbol_change":
      if (detail !== "") return "detail is empty for symbol_change";
      return SYMBOL.test(value) ? { event, newSymbol: value } : "the new symbol is none";
    default:
      return "event is not halted, paused, resumed, split, dividend or symbol_change";
  }
}

function readSplit(value: string, detail: string): TapeNews | string {
  const [, newShares, oldShares] = RATIO.exec(value) ?? [];
  if (newShares === undefined || newShares === oldShares) return "the split is not new:old, as 10:1";
  if (detail !== "" && !isAmount(detail)) return "the price of fractions is not a decimal above zero";
  return {
    event: "split",
    newShares: Number(newShares),
    oldShares: Number(oldShares),
    cashInLieuPrice: detail === "" ? null : detail,
  };
}

function readDividend(value: string, detail: string): TapeNews | string {
  if (!isAmount(value)) return "the dividend is not a decimal of dollars a share above zero";
  try {
    calendarDay(detail);
  } catch (error) {
    if (error instanceof CalendarRangeError) return "the pay date is not YYYY-MM-DD within the calendar";
    throw error;
  }
  return { event: "dividend", amountPerShare: value, payDate: detail };
}

const isAmount = (text: string): boolean => (tryParseFixed(text) ?? 0n) > 0n;
