import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { AccountStore } from "./AccountStore.ts";

/** Keeps one account in a file that is whole at every moment, however the process ends. */
export class FileAccountStore implements AccountStore {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  load(): string | null {
    try {
      return readFileSync(this.#file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  }

  save(_key: string, text: string): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, text, { mode: 0o600 });
    renameSync(next, this.#file);
  }
}
