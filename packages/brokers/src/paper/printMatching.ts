import { fixedFromTick, max, min, multiply, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import { tradableSize, wholeLots } from "./displayedSize.ts";
import { mayTrade, type MatchMoment, type MatchSink } from "./meeting.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { SymbolState } from "./SymbolState.ts";

/** A print, as one side of our orders meets it. */
export interface PrintMeeting {
  readonly symbol: SymbolState;
  readonly side: OrderSide;
  readonly isFarQuoted: boolean;
  /** Shares of the print that our fills took already. */
  readonly taken: { ofPrint: Fixed };
}

/**
 * A print beyond a limit fills a resting order at its limit; one at the limit fills it once the queue before it is served
 * (PX35, PX104 to PX106). Where the far side is not quoted a print also fills market orders, at its own price.
 */
export function matchPrint(
  { symbol, side, isFarQuoted, taken }: PrintMeeting,
  moment: MatchMoment,
  sink: MatchSink,
): void {
  const { matching } = moment.terms;
  if (isFarQuoted && matching.queueModel === "none") return;
  const ladder = symbol.book[side].working;
  if (ladder.isClearlyBeyond(symbol.market.last)) return;
  const shown = symbol.market.lastSize;
  const print = fixedFromTick(symbol.market.last);
  const size = tradableSize(shown, moment.terms, symbol.rules.lotSize);
  for (let order = ladder.first; order !== undefined; order = ladder.after(order)) {
    const limit = order.terms.price;
    const beyond = limit === null ? 1n : side === "buy" ? limit - print : print - limit;
    if (beyond < 0n) return;
    if (!mayTrade(order, moment.phase) || (limit === null && isFarQuoted)) continue;
    const left = size - taken.ofPrint;
    if (left <= 0n) return;
    if (beyond > 0n) {
      order.ahead = 0n;
      const quantity = partOf(order, left, symbol);
      if (quantity === 0n) continue;
      taken.ofPrint += quantity;
      sink.fill(order, quantity, limit ?? print, { kind: isFarQuoted ? "through" : "print", shown, left });
      continue;
    }
    if (matching.queueModel !== "displayed" || order.ahead === null) continue;
    const ahead = order.ahead;
    const printed = shown === null ? moment.terms.unquotedSize : fixedFromTick(shown);
    order.ahead = max(ahead - printed, 0n);
    const behind = multiply(max(printed - ahead, 0n), moment.terms.participationRate, "down");
    // What the queue leaves is shared with those of our orders that the print has filled already.
    const share = min(left, max(behind - taken.ofPrint, 0n));
    const quantity = partOf(order, share, symbol);
    if (quantity === 0n) continue;
    taken.ofPrint += quantity;
    sink.fill(order, quantity, print, { kind: "queue", shown, left: share, ahead });
  }
}

function partOf(order: PaperOrder, left: Fixed, { rules }: SymbolState): Fixed {
  return left < order.remaining ? wholeLots(left, rules.lotSize) : order.remaining;
}
