import type { DataRest } from "../rest/DataRest.ts";
import type { WireSnapshot } from "../rest/wireMarket.ts";

interface SharedRequest {
  readonly symbols: Set<string>;
  readonly answer: ReturnType<DataRest["getSnapshots"]>;
}

/** Asked for one by one and answered together: what is wanted in one turn, or while Alpaca answers, is one request. */
export class SharedSnapshots {
  readonly #data: Pick<DataRest, "getSnapshots">;
  /** Takes symbols until it is sent. */
  #next: SharedRequest | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(data: Pick<DataRest, "getSnapshots">) {
    this.#data = data;
  }

  /** Null where there is nothing of it. @throws BrokerError */
  async get(symbol: string): Promise<WireSnapshot | null> {
    const request = (this.#next ??= this.#prepare());
    request.symbols.add(symbol);
    return (await request.answer)[symbol] ?? null;
  }

  #prepare(): SharedRequest {
    const symbols = new Set<string>();
    const answer = this.#last.then(() => {
      this.#next = null;
      return this.#data.getSnapshots([...symbols]);
    });
    // Whoever asked hears of a failure; the next request goes all the same.
    this.#last = answer.catch(() => undefined);
    return { symbols, answer };
  }
}
