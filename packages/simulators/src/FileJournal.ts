import { closeSync, openSync, writeSync } from "node:fs";

/**
 * Appends entries to a file, each a line of JSON in one write: another process may read whole lines at any moment, and
 * what was written is there however this process ends. Not flushed to the disk: a machine that stops may lose the end.
 */
export class FileJournal implements Disposable {
  #file: number | null;

  /** @throws Error where the file cannot be opened. */
  constructor(file: string) {
    this.#file = openSync(file, "a", 0o600);
  }

  /** Does nothing once it is disposed: sockets still close then. */
  append(entry: object): void {
    if (this.#file !== null) writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  [Symbol.dispose](): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
