import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { calendarDay } from "../../calendar/newYorkTime.ts";
import { NEWS_FILE } from "./parseNewsLine.ts";
import { ReplayError } from "./ReplayError.ts";
import type { TapeKind } from "./TapeRow.ts";

/** One file of a tape. */
export interface TapeFile {
  /** "" for the news, which is of every symbol. */
  readonly symbol: string;
  readonly kind: TapeKind;
  /** Without its folder. */
  readonly name: string;
  readonly path: string;
}

export interface TapeFolder {
  /** New York's date of the tape, YYYY-MM-DD. */
  readonly date: string;
  /** The news, then by symbol, quotes before trades. */
  readonly files: readonly TapeFile[];
}

const FILE_NAME = /^([A-Z][A-Z0-9.-]{0,11})\.(trades|quotes)\.csv\.gz$/;
const DATE_AT_THE_END = /(\d{4}-\d{2}-\d{2})$/;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * Finds the files of a tape, SYMBOL.trades.csv.gz and SYMBOL.quotes.csv.gz, and its date: the one given, or the one
 * that the folder's name ends in. A `news.csv` belongs to the tape.
 * @throws ReplayError
 */
export async function openTapeFolder(folder: string, date?: string): Promise<TapeFolder> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ReplayError("FOLDER_NOT_FOUND", `the replay folder ${folder} cannot be read; check the path`, { cause });
  });
  const files = names.map((name) => toTapeFile(folder, name)).filter((file) => file !== undefined);
  if (files.length === 0) {
    throw new ReplayError(
      "FOLDER_EMPTY",
      `the replay folder ${folder} holds no SYMBOL.trades.csv.gz and no SYMBOL.quotes.csv.gz`,
    );
  }
  if (names.includes(NEWS_FILE)) {
    files.push({ symbol: "", kind: "news", name: NEWS_FILE, path: join(folder, NEWS_FILE) });
  }
  files.sort((a, b) => compare(a.symbol, b.symbol) || compare(a.kind, b.kind));
  const tapeDate = dateOf(folder, date);
  for (const file of files) if (file.kind !== "news") await assertGzip(file);
  return { date: tapeDate, files };
}

function toTapeFile(folder: string, name: string): TapeFile | undefined {
  const [, symbol, kind] = FILE_NAME.exec(name) ?? [];
  if (symbol === undefined) return undefined;
  return { symbol, kind: kind === "trades" ? "trade" : "quote", name, path: join(folder, name) };
}

/** The date that a tape is said to be of, unchecked; undefined where nothing says one. */
export function statedDate(folder: string, given: string | undefined): string | undefined {
  return given ?? DATE_AT_THE_END.exec(basename(resolve(folder)))?.[1];
}

function dateOf(folder: string, given: string | undefined): string {
  const date = statedDate(folder, given);
  if (date === undefined) {
    throw new ReplayError(
      "DATE_UNKNOWN",
      `the name of the replay folder ${folder} does not end in a date; rename it to …-YYYY-MM-DD or give the date`,
    );
  }
  try {
    calendarDay(date);
  } catch (cause) {
    throw new ReplayError("DATE_UNKNOWN", `${date} is not a date of the exchange calendar, 2010 to 2035`, { cause });
  }
  return date;
}

/** By UTF-16 code, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function assertGzip({ path }: TapeFile): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { buffer } = await handle.read(Buffer.alloc(GZIP_MAGIC.length));
    if (GZIP_MAGIC.some((byte, index) => buffer[index] !== byte)) {
      throw new ReplayError("FILE_NOT_GZIP", `${path} is not a gzip file; compress it with gzip`);
    }
  } catch (cause) {
    if (cause instanceof ReplayError) throw cause;
    throw new ReplayError("FILE_UNREADABLE", `${path} cannot be read; check its permissions`, { cause });
  } finally {
    await handle?.close();
  }
}
