import { formatFixed, max, parseFixed, roundToStep } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { orderIssue } from "./orderRules.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";

/** Whether the instrument exists and takes this quantity. The price step is `parseOrder`'s: it is the same for every US stock. */
export function checkInstrument(order: ParsedOrder, instrument: Instrument | undefined): readonly OrderIssue[] {
  const { symbol, quantity } = order;
  if (instrument === undefined) {
    return [orderIssue("symbol_known", `${symbol} is not traded here; search for it by name`, { symbol }, "symbol")];
  }
  const lot = parseFixed(instrument.lotSize);
  if (quantity % lot === 0n) return [];
  const params = {
    quantity: formatFixed(quantity),
    lot: formatFixed(lot),
    nearest: formatFixed(max(lot, roundToStep(quantity, lot, "half_up"))),
  };
  return [
    orderIssue(
      "quantity_lot",
      `${params.quantity} is not a multiple of ${params.lot}; the nearest is ${params.nearest}`,
      params,
      "quantity",
    ),
  ];
}
