import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** One symbol's day: rows as a tape has them, without their header. */
export interface Tape {
  readonly symbol: string;
  /** "ms,price,size,exchange,conditions" */
  readonly trades: readonly string[];
  /** "ms,bid,bid_size,ask,ask_size" */
  readonly quotes: readonly string[];
}

export interface TapeFolder extends AsyncDisposable {
  readonly path: string;
}

/** Milliseconds since midnight in New York of a time of day such as "09:30:05". */
export function tapeMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

/** Multiples of it, without their whole part, lie evenly between 0 and 1 however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * So many symbols, each with a print and a quote a second, a price that moves by a cent each time: 500 of them are 1,000
 * ticks a second, spread evenly over the second, and so are those of neighbours in the list. @param from "10:00"
 */
export function manyTapes(symbols: readonly string[], from: string, seconds: number): readonly Tape[] {
  return symbols.map((symbol, index) => {
    const offset = Math.floor(((index * GOLDEN) % 1) * 1_000);
    const rows = Array.from(
      { length: seconds },
      (_, second) => [tapeMs(from) + second * 1_000 + offset, 100 + index + (second % 97) / 100] as const,
    );
    return {
      symbol,
      trades: rows.map(([ms, price]) => `${ms},${price.toFixed(2)},100,Q,1`),
      quotes: rows.map(([ms, price]) => `${ms},${(price - 0.01).toFixed(2)},500,${(price + 0.01).toFixed(2)},500`),
    };
  });
}

/** Prints around a price with a quote of a cent on either side, one row of each every `stepMs`; each is a cent dearer. */
export function risingTape(symbol: string, from: string, until: string, stepMs: number): Tape {
  const times = Array.from(
    { length: Math.floor((tapeMs(until) - tapeMs(from)) / stepMs) },
    (_, step) => [tapeMs(from) + step * stepMs, 480 + step / 100] as const,
  );
  return {
    symbol,
    trades: times.map(([ms, price]) => `${ms},${price.toFixed(2)},100,Q,1`),
    quotes: times.map(([ms, price]) => `${ms},${(price - 0.01).toFixed(2)},500,${(price + 0.01).toFixed(2)},500`),
  };
}

/** A tape of 8 October 2013, a Tuesday on which the exchange was open, in a folder of its own that goes at the end. */
export async function writeTape(tapes: readonly Tape[]): Promise<TapeFolder> {
  const root = await mkdtemp(path.join(tmpdir(), "tape-"));
  const folder = path.join(root, "market-2013-10-08");
  await mkdir(folder);
  const write = (name: string, header: string, rows: readonly string[]) =>
    writeFile(path.join(folder, `${name}.csv.gz`), gzipSync(`${[header, ...rows].join("\n")}\n`));
  for (const { symbol, trades, quotes } of tapes) {
    await write(`${symbol}.trades`, "ms,price,size,exchange,conditions", trades);
    await write(`${symbol}.quotes`, "ms,bid,bid_size,ask,ask_size", quotes);
  }
  return { path: folder, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}
