import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

const IGNORED = new Set(["node_modules", "dist", ".git", ".data", ".turbo", ".cache", ".test-results", "test-results"]);

/** Every file below `folder` with one of the endings, relative to the root, installed and built ones left out. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(file, endings);
      return endings.some((ending) => file.endsWith(ending)) ? [file] : [];
    });
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
