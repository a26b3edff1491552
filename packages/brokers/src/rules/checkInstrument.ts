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
  if (instrument.fractionable === true && takesFractions(order)) return checkFractionsOf(order, instrument);
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

function checkFractionsOf(
  { symbol, quantity, extendedHours }: ParsedOrder,
  instrument: Instrument,
): readonly OrderIssue[] {
  if (!extendedHours || instrument.fractionableInExtendedHours !== false) return [];
  const shares = formatFixed(quantity);
  const detail = `${shares} shares of ${symbol} trade in the regular session only: whole shares trade in the others`;
  return [orderIssue("extended_hours_fits", detail, { symbol, quantity: shares }, "extendedHours")];
}

/** Orders that may be for parts of a share. Alpaca's rule, https://docs.alpaca.markets/docs/fractional-trading */
export function takesFractions({ type, timeInForce }: Pick<ParsedOrder, "type" | "timeInForce">): boolean {
  return timeInForce === "day" && (type === "market" || type === "limit");
}
