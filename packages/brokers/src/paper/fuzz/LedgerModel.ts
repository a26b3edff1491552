import type { Balances } from "../../domain/account.ts";
import { assertNever } from "../../domain/assertNever.ts";
import { multiply, parseFixed, type Fixed } from "../../domain/decimal.ts";
import type { Position } from "../../domain/position.ts";
import type { PaperEvent } from "../PaperEvent.ts";

const ZERO = "0";

/** The positions at their marks; undefined where one has none. */
function valueOf(positions: readonly Position[]): Fixed | undefined {
  let sum = 0n;
  for (const { marketValue } of positions) {
    if (marketValue === null) return undefined;
    sum += parseFixed(marketValue);
  }
  return sum;
}

/**
 * An account's books, kept by someone who reads the journal and has never seen the engine: money and shares move by what
 * each event says, and by nothing else.
 */
export class LedgerModel {
  readonly #startingCash: Fixed;
  #cash: Fixed;
  #fees: Fixed = 0n;
  #dividends: Fixed = 0n;
  #paid: Fixed = 0n;
  #borrowFees: Fixed = 0n;
  readonly #held = new Map<string, Fixed>();
  readonly #sales: { readonly settlesAt: number; readonly amount: Fixed }[] = [];
  #seq = 0;
  #at = Number.NEGATIVE_INFINITY;

  constructor(startingCash: string) {
    this.#startingCash = parseFixed(startingCash);
    this.#cash = this.#startingCash;
  }

  /** Books one event. Answers what is wrong with it; empty where nothing is. */
  book(event: PaperEvent): readonly string[] {
    const faults: string[] = [];
    if (event.seq !== this.#seq + 1) faults.push(`event ${event.seq} after ${this.#seq}`);
    if (event.at < this.#at) faults.push(`time fell from ${this.#at} to ${event.at}`);
    this.#seq = event.seq;
    this.#at = event.at;
    this.#move(event);
    return faults;
  }

  /** What the account says that the books do not. `now` is the instant of the balances. */
  faultsOf(balances: Balances, positions: readonly Position[], now: number): readonly string[] {
    const say = (text: string | null | undefined): Fixed => parseFixed(text ?? ZERO);
    const unsettled = this.#sales.reduce((sum, sale) => (sale.settlesAt > now ? sum + sale.amount : sum), 0n);
    const accrued = this.#dividends - this.#paid;
    const gained =
      say(balances.realizedPnl) + say(balances.unrealizedPnl) + this.#dividends - this.#fees - this.#borrowFees;
    const value = say(balances.longMarketValue) + say(balances.shortMarketValue);
    const pairs: Readonly<Record<string, readonly [Fixed, Fixed]>> = {
      cash: [say(balances.cash), this.#cash],
      fees: [say(balances.fees), this.#fees],
      dividends: [say(balances.dividends), this.#dividends],
      "accrued dividends": [say(balances.accruedDividends), accrued],
      "borrow fees": [say(balances.borrowFees), this.#borrowFees],
      "settled cash": [say(balances.settledCash), this.#cash - unsettled],
      "market value by position": [value, valueOf(positions) ?? value],
      "equity by its parts": [say(balances.equity), this.#cash + value + accrued],
      "equity by its gains": [say(balances.equity), this.#startingCash + gained],
    };
    const wrong = Object.entries(pairs).flatMap(([name, [said, booked]]) =>
      said === booked ? [] : [`${name}: said ${said}, booked ${booked}`],
    );
    const said = positions.map(({ symbol, quantity }) => `${symbol} ${parseFixed(quantity)}`).join();
    const booked = [...this.#held]
      .filter(([, quantity]) => quantity !== 0n)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([symbol, quantity]) => `${symbol} ${quantity}`)
      .join();
    return said === booked ? wrong : [...wrong, `positions: said ${said}, booked ${booked}`];
  }

  #move(event: PaperEvent): void {
    switch (event.type) {
      case "order_filled": {
        const { commission, sec, taf, exchange = ZERO } = event.fees;
        const sign = event.side === "buy" ? 1n : -1n;
        const quantity = parseFixed(event.quantity);
        const fees = [commission, sec, taf, exchange].reduce((sum, fee) => sum + parseFixed(fee), 0n);
        const moved = -sign * multiply(quantity, parseFixed(event.price), "half_even") - fees;
        this.#cash += moved;
        this.#fees += fees;
        this.#hold(event.symbol, this.#holding(event.symbol) + sign * quantity);
        if (event.settlesAt !== undefined) this.#sales.push({ settlesAt: event.settlesAt, amount: moved });
        return;
      }
      case "split_applied":
        this.#cash += parseFixed(event.cashInLieu);
        this.#hold(event.symbol, parseFixed(event.quantityAfter));
        return;
      case "dividend_accrued":
        this.#dividends += parseFixed(event.amount);
        return;
      case "dividend_paid":
        this.#paid += parseFixed(event.amount);
        this.#cash += parseFixed(event.amount);
        return;
      case "symbol_changed":
        this.#hold(event.newSymbol, this.#holding(event.newSymbol) + this.#holding(event.symbol));
        this.#hold(event.symbol, 0n);
        return;
      case "borrow_fee_charged":
        this.#borrowFees += parseFixed(event.amount);
        this.#cash -= parseFixed(event.amount);
        return;
      // Nothing else moves money or shares.
      case "order_accepted":
      case "order_rejected":
      case "order_arrived":
      case "order_activated":
      case "order_triggered":
      case "order_trailed":
      case "order_adjusted":
      case "order_replaced":
      case "replace_requested":
      case "replace_rejected":
      case "order_canceled":
      case "cancel_requested":
      case "cancel_rejected":
      case "order_expired":
      case "symbol_status":
      case "day_started":
      case "corporate_action_rejected":
      case "margin_call":
      case "margin_call_ended":
        return;
      default:
        return assertNever(event);
    }
  }

  #holding(symbol: string): Fixed {
    return this.#held.get(symbol) ?? 0n;
  }

  #hold(symbol: string, quantity: Fixed): void {
    this.#held.set(symbol, quantity);
  }
}
