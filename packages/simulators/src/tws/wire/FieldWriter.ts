import { frameOf } from "./frames.ts";
import { SINCE, type Change } from "./versions.ts";
import type { DecimalText } from "./WireContract.ts";

/** Writes the fields of one reply in their order. */
export class FieldWriter {
  readonly #version: number;
  readonly #fields: string[] = [];

  /** @param version the one that was agreed on. */
  constructor(version: number, messageId: number) {
    this.#version = version;
    this.int(messageId);
  }

  has(change: Change): boolean {
    return this.#version >= SINCE[change];
  }

  /** Texts. What is not printable ASCII goes out as \uXXXX, as of version 153. */
  text(...texts: readonly string[]): void {
    for (const text of texts) this.#fields.push(escaped(text));
  }

  int(...values: readonly number[]): void {
    for (const value of values) this.#fields.push(String(value));
  }

  bool(...values: readonly boolean[]): void {
    for (const value of values) this.#fields.push(value ? "1" : "0");
  }

  decimal(...values: readonly DecimalText[]): void {
    this.#fields.push(...values);
  }

  /** Numbers that may be unset, which `unset` then says. */
  maybe(unset: string, ...values: readonly (DecimalText | number | null)[]): void {
    for (const value of values) this.#fields.push(value === null ? unset : String(value));
  }

  /** A count, and as many of what `write` writes. */
  list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.int(items.length);
    items.forEach(write);
  }

  frame(): Buffer {
    return frameOf(this.#fields);
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
