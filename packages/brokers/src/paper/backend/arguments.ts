import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { IdError, venueOrderId, type VenueOrderId } from "../../domain/ids.ts";
import { TIMEFRAMES, type Instrument } from "../../domain/marketData.ts";
import { show } from "../../rules/orderFields.ts";
import { refusal } from "./refusals.ts";

const MOST_BARS = 5_000;

/**
 * What cannot be the id of an order is not asked for: it would only be stored and told, and a database refuses some of it.
 * @throws BrokerError ORDER_NOT_FOUND
 */
export function readOrderId(broker: string, value: unknown): VenueOrderId {
  try {
    if (typeof value === "string") return venueOrderId(value);
  } catch (error) {
    if (!(error instanceof IdError)) throw error;
  }
  const orderId = show(value);
  throw refusal(broker, BrokerErrorCode.ORDER_NOT_FOUND, `there is no order with the id ${orderId}`, { orderId });
}

/** @throws BrokerError SYMBOL_NOT_FOUND */
export function requireInstrument(
  broker: string,
  instrumentOf: (symbol: string) => Instrument | undefined,
  value: unknown,
): Instrument {
  const instrument = typeof value === "string" ? instrumentOf(value) : undefined;
  if (instrument !== undefined) return instrument;
  const symbol = show(value);
  const message = `${symbol} is not traded here; search for it by name`;
  throw refusal(broker, BrokerErrorCode.SYMBOL_NOT_FOUND, message, { symbol });
}

/** @throws BrokerError NOT_SUPPORTED unless `value` is a whole number from 1 to `largest`. */
export function assertInRange(broker: string, name: string, value: unknown, largest: number): void {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largest) return;
  const message = `${name} is a whole number from 1 to ${largest}`;
  throw refusal(broker, BrokerErrorCode.NOT_SUPPORTED, message, { [name]: show(value), largest });
}

/** @throws BrokerError NOT_SUPPORTED unless `value` is a finite number. */
export function assertInstant(broker: string, name: string, value: unknown): void {
  if (Number.isFinite(value)) return;
  const message = `${name} is an instant in epoch milliseconds`;
  throw refusal(broker, BrokerErrorCode.NOT_SUPPORTED, message, { [name]: show(value) });
}

/** @throws BrokerError NOT_SUPPORTED */
export function assertText(broker: string, name: string, value: unknown): void {
  if (typeof value === "string") return;
  throw refusal(broker, BrokerErrorCode.NOT_SUPPORTED, `${name} is a text`, { [name]: show(value) });
}

/** @throws BrokerError NOT_SUPPORTED */
export function assertCallback(broker: string, value: unknown): void {
  if (typeof value === "function") return;
  throw refusal(broker, BrokerErrorCode.NOT_SUPPORTED, "a subscription needs a function to call back", {
    callback: show(value),
  });
}

/** @throws BrokerError NOT_SUPPORTED; the symbol is for `requireInstrument`. */
export function assertBarsRequest(broker: string, request: unknown): void {
  const asked: Readonly<Record<string, unknown>> = typeof request === "object" ? { ...request } : {};
  const { timeframe, limit, before } = asked;
  if (!TIMEFRAMES.some((known) => known === timeframe)) {
    throw refusal(broker, BrokerErrorCode.NOT_SUPPORTED, `bars are of ${TIMEFRAMES.join(", ")}`, {
      timeframe: show(timeframe),
    });
  }
  assertInRange(broker, "limit", limit, MOST_BARS);
  if (before !== undefined) assertInstant(broker, "before", before);
}
