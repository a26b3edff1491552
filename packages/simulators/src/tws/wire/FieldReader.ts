import { isUnsetDecimal, isUnsetInt } from "./unset.ts";
import { plainDecimal } from "./plainDecimal.ts";
import { UnreadableRequest } from "./UnreadableRequest.ts";
import { SINCE, type Change } from "./versions.ts";
import type { DecimalText } from "./WireContract.ts";

const PRINTABLE = /^[\x20-\x7E]*$/;
const INT = /^-?\d{1,10}$/;
const LARGEST_INT = 2_147_483_647;

/** Reads the fields of one request in their order; what does not fit throws `UnreadableRequest`. */
export class FieldReader {
  readonly #fields: readonly string[];
  readonly #version: number;
  #next = 0;
  #about = -1;

  /** @param version the one that was agreed on. */
  constructor(body: Buffer, version: number) {
    this.#version = version;
    this.#fields = this.#split(body);
  }

  /** Whether the agreed version has what `change` brought. */
  has(change: Change): boolean {
    return this.#version >= SINCE[change];
  }

  /** Printable ASCII. */
  text(): string {
    const text = this.#take();
    if (!PRINTABLE.test(text)) throw this.#unreadable("character out of printable ASCII", text);
    return text;
  }

  /** 0 where nothing is said. */
  int(): number {
    const text = this.#take();
    return text === "" ? 0 : this.#intOf(text);
  }

  intOrNull(): number | null {
    const text = this.#take();
    return isUnsetInt(text) ? null : this.#intOf(text);
  }

  /** The number that errors about this request carry from here on. */
  id(): number {
    this.#about = this.#intOf(this.#take());
    return this.#about;
  }

  decimal(): DecimalText | null {
    const text = this.#take();
    if (isUnsetDecimal(text)) return null;
    const decimal = plainDecimal(text);
    if (decimal === undefined) throw this.#unreadable("not a number", text);
    return decimal;
  }

  /** A decimal, or infinity, which some offsets mean: "Infinity", however the client's language prints it. */
  offset(): DecimalText | null {
    if (!/^inf(?:inity)?$/i.test(this.#fields[this.#next] ?? "")) return this.decimal();
    this.#take();
    return "Infinity";
  }

  /** False where nothing is said. */
  bool(): boolean {
    const text = this.#take();
    if (text !== "" && text !== "0" && text !== "1") throw this.#unreadable("neither 0 nor 1", text);
    return text === "1";
  }

  /** Null where nothing is said, also by 2 and the unset integer, as some clients say it. */
  boolOrNull(): boolean | null {
    const text = this.#fields[this.#next] ?? "";
    if (!isUnsetInt(text) && text !== "2") return this.bool();
    this.#take();
    return null;
  }

  /** Fields that no longer mean anything, but are printable all the same. */
  skip(fields = 1): void {
    for (let index = 0; index < fields; index += 1) this.text();
  }

  /** A count, and as many of what `read` reads. */
  list<Item>(read: () => Item): readonly Item[] {
    const count = this.int();
    if (count < 0) throw this.#unreadable("not a count", String(count));
    const items: Item[] = [];
    while (items.length < count) items.push(read());
    return items;
  }

  /** Leaves all that is left unread. */
  drop(): void {
    this.#next = this.#fields.length;
  }

  /** The request ends here. */
  end(): void {
    const left = this.#fields.length - this.#next;
    if (left > 0) throw new UnreadableRequest(this.#about, `${left} fields too many`);
  }

  /** Says no to the field just read. */
  refuse(reason: string): UnreadableRequest {
    return this.#unreadable(reason, this.#fields[this.#next - 1] ?? "");
  }

  #take(): string {
    const text = this.#fields[this.#next];
    if (text === undefined) throw new UnreadableRequest(this.#about, `field ${this.#next + 1} is missing`);
    this.#next += 1;
    return text;
  }

  #intOf(text: string): number {
    const value = Number(text);
    if (!INT.test(text) || Math.abs(value) > LARGEST_INT) throw this.#unreadable("not an integer", text);
    return value;
  }

  #split(body: Buffer): readonly string[] {
    const fields = body.toString("latin1").split("\0");
    if (fields.pop() !== "") throw new UnreadableRequest(-1, "the last field has no end");
    return fields;
  }

  #unreadable(reason: string, text: string): UnreadableRequest {
    const shown = text.slice(0, 40).replaceAll(/[^\x20-\x7E]/g, "?");
    return new UnreadableRequest(this.#about, `${reason} in field ${this.#next}: '${shown}'`);
  }
}
