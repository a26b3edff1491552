import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { TAPE_HEADERS } from "./parseTapeLine.ts";

/** A tape in a folder of its own, which is deleted at the end. */
export interface TapeFixture extends AsyncDisposable {
  readonly folder: string;
  /** Adds a file as it is. */
  add(name: string, bytes: string | Uint8Array): Promise<void>;
}

/** @param files rows by file name, without the header; the folder's name ends in `date`. */
export async function createTape(
  files: Readonly<Record<string, readonly string[]>>,
  date = "2013-10-08",
): Promise<TapeFixture> {
  const root = await mkdtemp(join(tmpdir(), "tape-"));
  const folder = join(root, `market-${date}`);
  await mkdir(folder);
  const add = (name: string, bytes: string | Uint8Array): Promise<void> => writeFile(join(folder, name), bytes);
  for (const [name, rows] of Object.entries(files)) {
    const header = name.includes("trades") ? TAPE_HEADERS.trade : TAPE_HEADERS.quote;
    await add(name, gzipSync(`${[header, ...rows].join("\n")}\n`));
  }
  return { folder, add, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}
