import { formatFixed, max, multiply, ONE, parseFixed, roundToStep, type Fixed } from "@trenddojo/brokers/domain";
import type { Instrument } from "@trenddojo/brokers/domain";
import { forbidden, invalid, notFound, unprocessable } from "../wire/ApiRefusal.ts";
import { assetId } from "../wire/ids.ts";
import { checkAuctionHours } from "./checkAuctionHours.ts";
import { checkShares, checkWashTrade } from "./checkHoldings.ts";
import { checkTicket } from "./checkTicket.ts";
import { draftOrders, type Drafts } from "./draftOrders.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import { refusalOf } from "./refusalOf.ts";
import type { SimulatedAccount } from "./SimulatedAccount.ts";
import { exchangeOrder, submitOrders } from "./submitOrders.ts";
import type { VendorOrder } from "./VendorOrder.ts";

/** Takes an order in, and answers it; its legs are in the ledger. @throws ApiRefusal */
export function placeOrder(account: SimulatedAccount, ticket: OrderTicket): VendorOrder {
  checkMayTrade(account);
  if (ticket.clientOrderId !== null && account.ledger.byClientId(ticket.clientOrderId) !== undefined) {
    throw invalid("client_order_id must be unique");
  }
  const instrument = findInstrument(account, ticket.symbol);
  if (instrument === undefined) throw unprocessable(`asset "${ticket.symbol}" not found`);
  const { symbol } = instrument;
  checkTicket(ticket, instrument);
  checkAuctionHours(ticket.timeInForce, account);
  checkWashTrade(ticket, symbol, account.ledger);
  const held = account.held(symbol);
  const mayShort = !account.settings.no_shorting && account.settings.max_margin_multiplier !== "1";
  checkShares(ticket, { ledger: account.ledger, instrument, held, mayShort });
  checkStopSide(account, ticket, symbol);
  const drafts = draftOrders({
    ticket,
    symbol,
    held,
    at: account.stamp(),
    now: account.now(),
    session: account.market.sessionOf(account.now()),
    sequence: account.ledger.nextSequence,
    newId: () => account.newId(),
  });
  const [order] = drafts;
  checkOvernightFunds(account, drafts);
  if (waitsForSession(account, order)) queue(account, drafts);
  else {
    const rejected = submitOrders(account, drafts);
    if (rejected !== undefined) throw refusalOf(rejected, { buyingPower: account.balances().buyingPower });
  }
  return order;
}

/** An order that closes a position, or a part of it. @throws ApiRefusal */
export function closePosition(
  account: SimulatedAccount,
  symbolOrId: string,
  part: { readonly qty: Fixed | null; readonly percentage: Fixed | null },
): VendorOrder {
  const symbol = findInstrument(account, symbolOrId)?.symbol ?? symbolOrId;
  const held = account.held(symbol);
  if (held === 0n) throw notFound("position does not exist");
  const whole = held < 0n ? -held : held;
  const step = whole % ONE === 0n ? ONE : 1n;
  const share = part.percentage === null ? whole : multiply(whole, part.percentage / 100n, "down");
  const qty = part.qty ?? roundToStep(share, step, "down");
  if (qty <= 0n) throw unprocessable("qty must be > 0");
  return placeOrder(account, {
    symbol,
    side: held > 0n ? "sell" : "buy",
    type: "market",
    timeInForce: "day",
    orderClass: "simple",
    extendedHours: false,
    clientOrderId: null,
    positionIntent: held > 0n ? "sell_to_close" : "buy_to_close",
    qty,
    notional: null,
    limitPrice: null,
    stopPrice: null,
    trail: null,
    takeProfit: null,
    stopLoss: null,
  });
}

/** By symbol or by asset id. */
export function findInstrument(
  { market }: Pick<SimulatedAccount, "market">,
  symbolOrId: string,
): Instrument | undefined {
  return market.instrument(symbolOrId) ?? market.instruments().find(({ symbol }) => assetId(symbol) === symbolOrId);
}

function checkMayTrade({ standing, settings }: SimulatedAccount): void {
  if (standing.status !== "ACTIVE" || standing.tradingBlocked || standing.accountBlocked) {
    throw forbidden(`account is not allowed to trade: status ${standing.status}`);
  }
  if (settings.suspend_trade) throw forbidden("new orders are rejected by user request");
}

/**
 * The exchange takes a market order in an open session only; the vendor keeps it for the next one. It keeps an order for
 * this night, too, that cannot trade in it: https://docs.alpaca.markets/docs/245-trading
 */
function waitsForSession(account: SimulatedAccount, order: VendorOrder): boolean {
  const { type, timeInForce, extendedHours, symbol } = order;
  if (timeInForce !== "day" && timeInForce !== "gtc") return false;
  return type === "market" ? !account.isTradable(order) : extendedHours && account.isHeldOvernight(symbol);
}

/** Overnight an account buys no more than twice its equity, whatever it may by day. @throws ApiRefusal */
function checkOvernightFunds(account: SimulatedAccount, drafts: Drafts): void {
  const { session } = account.market.sessionOf(account.now());
  if (session !== "overnight" || account.settings.max_margin_multiplier !== "4" || !account.isTradable(drafts[0]))
    return;
  const preview = account.exchange.preview(account.now(), exchangeOrder(account, drafts));
  if (preview === undefined || preview.required === 0n) return;
  const { buyingPower, equity } = account.balances();
  // Four times the equity, less positions and open orders; so that twice as much is left out of it.
  const available = max(parseFixed(buyingPower) - 2n * parseFixed(equity), 0n);
  if (preview.notional <= available) return;
  throw forbidden("insufficient buying power", {
    buying_power: formatFixed(available),
    cost_basis: formatFixed(preview.notional),
  });
}

function queue(account: SimulatedAccount, drafts: Drafts): void {
  const [order] = drafts;
  const preview = account.exchange.preview(account.now(), exchangeOrder(account, drafts));
  if (preview?.canExecute === false) {
    throw forbidden("insufficient buying power", {
      buying_power: account.balances().buyingPower,
      cost_basis: formatFixed(preview.notional),
    });
  }
  order.status = "accepted";
  order.takenAs = "accepted";
  for (const each of drafts) account.ledger.add(each);
  account.hasQueued = true;
  account.translator.tell(order, "accepted");
}

function checkStopSide(account: SimulatedAccount, { type, side, stopPrice }: OrderTicket, symbol: string): void {
  if (!account.quirks.refuseStopsThroughMarket || stopPrice === null) return;
  if (type !== "stop" && type !== "stop_limit") return;
  const tick = account.market.latest(symbol);
  const current = tick?.last ?? (side === "sell" ? tick?.bid : tick?.ask);
  if (current === undefined || current === null) return;
  const stop = Number(stopPrice) / 1e9;
  if (side === "sell" && stop >= current) throw unprocessable("stop price must be less than current price");
  if (side === "buy" && stop <= current) throw unprocessable("stop price must be greater than current price");
}
