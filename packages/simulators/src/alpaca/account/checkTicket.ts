import { formatFixed, ONE, parseFixed, type Fixed, type Instrument } from "@trenddojo/brokers/domain";
import { forbidden, invalid, unprocessable } from "../wire/ApiRefusal.ts";
import type { OrderTicket } from "./OrderTicket.ts";

/** Least amount of money of an order. */
const LEAST_NOTIONAL = ONE;
const CENT = parseFixed("0.01");
/** Price step below a dollar. SEC Rule 612. */
const SUB_DOLLAR_STEP = parseFixed("0.0001");

/** The rules that look at the order and its asset alone. Source: https://docs.alpaca.markets/docs/orders-at-alpaca @throws ApiRefusal */
export function checkTicket(ticket: OrderTicket, instrument: Instrument): void {
  checkSize(ticket);
  checkPrices(ticket);
  checkTime(ticket);
  checkClass(ticket);
  checkFractions(ticket, instrument);
}

/** @throws ApiRefusal for a price between two steps. */
export function checkStep(name: string, price: Fixed | null): void {
  if (price === null || price % (price >= ONE ? CENT : SUB_DOLLAR_STEP) === 0n) return;
  const shown = formatFixed(price);
  throw unprocessable(`invalid ${name} ${shown}. sub-penny increment does not fulfill minimum pricing criteria`);
}

function checkSize({ qty, notional, type, timeInForce }: OrderTicket): void {
  if (qty === null && notional === null) throw invalid("qty or notional is required");
  if (qty !== null && notional !== null) throw invalid("only one of qty or notional is accepted");
  if (notional === null) return;
  if (notional < LEAST_NOTIONAL) throw forbidden("cost basis must be >= minimal amount of order 1");
  if (type !== "market") throw unprocessable("notional orders must be market orders");
  if (timeInForce !== "day") throw unprocessable("fractional orders must be DAY orders");
}

function checkPrices({ type, orderClass, limitPrice, stopPrice, trail, takeProfit, stopLoss }: OrderTicket): void {
  const isLimit = type === "limit" || type === "stop_limit";
  const isStop = type === "stop" || type === "stop_limit";
  if (isLimit && limitPrice === null && orderClass !== "oco") throw invalid(`${type} orders require a limit price`);
  if (!isLimit && limitPrice !== null) throw invalid(`${type} orders must not have a limit price`);
  if (isStop && stopPrice === null) throw invalid(`${type} orders require a stop price`);
  if (!isStop && stopPrice !== null) throw invalid(`${type} orders must not have a stop price`);
  if (type === "trailing_stop" && trail === null) {
    throw invalid("trailing_stop orders require either trail_price or trail_percent");
  }
  if (type !== "trailing_stop" && trail !== null) throw invalid(`${type} orders must not have a trail`);
  checkStep("limit_price", limitPrice);
  checkStep("stop_price", stopPrice);
  checkStep("take_profit.limit_price", takeProfit);
  checkStep("stop_loss.stop_price", stopLoss?.stopPrice ?? null);
  checkStep("stop_loss.limit_price", stopLoss?.limitPrice ?? null);
}

function checkTime({ type, timeInForce, extendedHours, orderClass }: OrderTicket): void {
  const waits = timeInForce === "day" || timeInForce === "gtc";
  if (!waits && type !== "market" && type !== "limit") {
    throw unprocessable(`invalid time_in_force ${timeInForce} for ${type} orders`);
  }
  if (!extendedHours) return;
  if (type !== "limit" || !waits) {
    throw unprocessable("extended hours order must be DAY or GTC limit orders");
  }
  if (orderClass !== "simple") throw unprocessable(`extended hours orders must be simple orders`);
}

function checkClass({ orderClass, type, timeInForce, takeProfit, stopLoss, notional }: OrderTicket): void {
  if (orderClass === "simple") {
    if (takeProfit !== null || stopLoss !== null) throw invalid("simple orders must not have take_profit or stop_loss");
    return;
  }
  if (notional !== null) throw unprocessable(`${orderClass} orders require a qty`);
  if (timeInForce !== "day" && timeInForce !== "gtc") {
    throw unprocessable(`${orderClass} orders must be DAY or GTC orders`);
  }
  if (orderClass === "oto") {
    if ((takeProfit === null) === (stopLoss === null)) {
      throw invalid("oto orders require either take_profit.limit_price or stop_loss.stop_price");
    }
  } else {
    if (takeProfit === null) throw invalid(`${orderClass} orders require take_profit.limit_price`);
    if (stopLoss === null) throw invalid(`${orderClass} orders require stop_loss.stop_price`);
  }
  if (orderClass === "oco" && type !== "limit") throw invalid("oco orders must be limit orders");
  if (type !== "market" && type !== "limit") throw invalid(`${orderClass} entry orders must be market or limit orders`);
}

function checkFractions({ qty, notional, timeInForce, type, orderClass }: OrderTicket, instrument: Instrument): void {
  const isFraction = notional !== null || (qty !== null && qty % ONE !== 0n);
  if (!isFraction) return;
  if (instrument.fractionable !== true) throw forbidden(`asset "${instrument.symbol}" is not fractionable`);
  if (timeInForce !== "day") throw unprocessable("fractional orders must be DAY orders");
  if (orderClass !== "simple") throw unprocessable("fractional orders must be simple orders");
  // The exchange behind the simulator takes these two; the vendor has begun to take stops as well.
  if (type !== "market" && type !== "limit") throw unprocessable("fractional orders must be market or limit orders");
}
