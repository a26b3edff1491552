import type { Fixed } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import type { Holding } from "./Holding.ts";
import type { Exposure } from "./margin.ts";
import { SymbolState } from "./SymbolState.ts";
import { Valuation } from "./Valuation.ts";

/** Every symbol that an account ever had to do with, which of them it holds, and what they are worth and brought in. */
export class SymbolRegister {
  readonly #instruments: (symbol: string) => Instrument | undefined;
  readonly #all = new Map<string, SymbolState>();
  readonly #held = new Set<SymbolState>();
  readonly #valuation = new Valuation();
  #realized: Fixed = 0n;

  constructor(instruments: (symbol: string) => Instrument | undefined) {
    this.#instruments = instruments;
  }

  get all(): Iterable<SymbolState> {
    return this.#all.values();
  }

  get held(): ReadonlySet<SymbolState> {
    return this.#held;
  }

  /** Realised by all holdings since the account was opened, fees not taken off. */
  get realized(): Fixed {
    return this.#realized;
  }

  exposure(): Exposure {
    return this.#valuation.exposure();
  }

  /** One that was never heard of is made. */
  get(symbol: string): SymbolState {
    let state = this.#all.get(symbol);
    if (state === undefined) {
      state = new SymbolState(symbol, this.#valuation);
      this.#all.set(symbol, state);
    }
    return state;
  }

  /** Undefined where no instrument has this symbol. */
  tradable(symbol: string): SymbolState | undefined {
    const known = this.#all.get(symbol);
    if (known?.isTradable === true) return known;
    const instrument = this.#instruments(symbol);
    if (instrument === undefined) return undefined;
    const state = known ?? this.get(symbol);
    state.learn(instrument);
    return state;
  }

  hold(symbol: SymbolState, holding: Holding): void {
    this.#realized += holding.realized - symbol.holding.realized;
    symbol.holding = holding;
    if (holding.quantity === 0n) this.#held.delete(symbol);
    else this.#held.add(symbol);
  }
}
