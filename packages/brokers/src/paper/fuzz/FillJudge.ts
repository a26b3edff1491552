import type { MarketData } from "../../domain/marketData.ts";
import { parseFixed } from "../../domain/decimal.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";
import type { PaperProfile } from "../profile.ts";
import { SeenBook } from "../scenarios/SeenBook.ts";

/** Fills whose price and size the last tick bears out: against the quote, and against a print. */
const SEEN_RULES: readonly string[] = ["PX30", "PX35", "PX105", "PX106"];

/** Holds fills to what was ordered and, where the profile fills against what is seen at once, to what was seen. */
export class FillJudge {
  readonly #book: SeenBook;
  readonly #fillsWhatIsSeen: boolean;

  constructor({ participationRate, sizeModel = "displayed", latency }: PaperProfile) {
    this.#book = new SeenBook(Number(participationRate));
    this.#fillsWhatIsSeen = sizeModel === "displayed" && latency === undefined;
  }

  see(tick: Omit<MarketData, "timestamp" | "receivedAt">): void {
    this.#book.see(tick);
  }

  forgetAll(): void {
    this.#book.forgetAll();
  }

  /** What is wrong with what an event did; empty where nothing is. */
  faultsOf(event: PaperEvent, exchange: PaperExchange): readonly string[] {
    if (event.type === "split_applied" || event.type === "dividend_accrued" || event.type === "symbol_changed") {
      this.#book.forget(event.symbol);
    }
    if (event.type !== "order_filled") return [];
    const order = exchange.order(event.orderId);
    if (order === undefined) return [`a fill of no order: ${event.orderId}`];
    const price = parseFixed(event.price);
    const limit = order.price === null ? price : parseFixed(order.price);
    const faults = {
      "more filled than ordered": parseFixed(order.filledQuantity) > parseFixed(order.quantity),
      "through the limit": event.side === "buy" ? price > limit : price < limit,
      "nothing filled": parseFixed(event.quantity) <= 0n || price <= 0n,
    };
    const wrong = Object.entries(faults).flatMap(([fault, isSo]) =>
      isSo ? [`${fault}: ${JSON.stringify(event)}`] : [],
    );
    const isSeen = this.#fillsWhatIsSeen && SEEN_RULES.includes(event.reason.rule);
    return isSeen ? [...wrong, ...this.#book.faultsOf(event, order)] : wrong;
  }
}
