import type { Absence, QuoteBatch, QuoteTuple } from "../wire/marketData.ts";
import type { EncodedItem, Envelope } from "./EncodedItem.ts";
import type { LatestQuote } from "./LatestQuote.ts";
import { SharedFrames } from "./SharedFrames.ts";

/**
 * One batch for every reader of the same list that was last told the same: its JSON and its frames are made once,
 * whoever and however many take it.
 */
export class EncodedBatch implements EncodedItem<QuoteBatch> {
  readonly sequence: number;
  /** Epoch milliseconds of the flush. */
  readonly at: number;
  /** How many quotes it tells. */
  readonly size: number;
  readonly #quotes: readonly LatestQuote[];
  #value: QuoteBatch | null = null;
  #json: string | null = null;
  readonly #frames = new SharedFrames();

  /** @param quotes what it tells, in the list's order: a price, or why there is none. */
  constructor(sequence: number, at: number, quotes: readonly LatestQuote[]) {
    this.sequence = sequence;
    this.at = at;
    this.size = quotes.length;
    this.#quotes = quotes;
  }

  value(): QuoteBatch {
    return (this.#value ??= this.#read());
  }

  json(): string {
    if (this.#json === null) {
      let quotes = "";
      for (const quote of this.#quotes) {
        if (quote.isKnown) quotes += quotes === "" ? quote.json(this.at) : `,${quote.json(this.at)}`;
      }
      const absences = this.#absences();
      const absent = absences.length === 0 ? "" : `,"absent":${JSON.stringify(absences)}`;
      this.#json = `{"sequence":${this.sequence},"at":${this.at},"quotes":[${quotes}]${absent}}`;
    }
    return this.#json;
  }

  frame(envelope: Envelope): Buffer {
    return this.#frames.of(this.json(), envelope);
  }

  #read(): QuoteBatch {
    const isKnown = (tuple: QuoteTuple | null): tuple is QuoteTuple => tuple !== null;
    const quotes = this.#quotes.map((quote) => quote.tuple(this.at)).filter(isKnown);
    const absent = this.#absences();
    return { sequence: this.sequence, at: this.at, quotes, ...(absent.length === 0 ? {} : { absent }) };
  }

  #absences(): readonly (readonly [string, Absence])[] {
    return this.#quotes.flatMap(({ absence }) => (absence === null ? [] : [absence]));
  }
}
