import { BrokerError, type BrokerClient, type CallOptions } from "@trenddojo/brokers";
import {
  max,
  multiply,
  parseFixed,
  type Clock,
  type Fixed,
  type Instrument,
  type MarketData,
  type OrderId,
  type OrderIssue,
} from "@trenddojo/brokers/domain";
import {
  checkCapabilities,
  checkInstrument,
  evaluateRisk,
  exposureBySymbol,
  openingQuantity,
  type ExposedOrder,
  type HeldPosition,
  type ParsedOrder,
  type RecentOrder,
  type SymbolExposure,
} from "@trenddojo/brokers/rules";
import { orders, tradingStates, type AccountRow, type Executor, type OrderRow } from "@trenddojo/db";
import { readLimits } from "../connections/OpenAccounts.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import { findInstrument } from "../usecases/market/readInstrument.ts";

const MARKET = "NYSE";
const MINUTE_MS = 60_000;
/** A broker that has not told the facts by then does not get the order. */
const FACTS_MS = 5_000;

/** What the broker says of the account and the market, before an order is judged. */
export interface BrokerFacts {
  readonly instrument: Instrument | undefined;
  /** Null where there is no price yet. */
  readonly quote: MarketData | null;
  readonly positions: readonly HeldPosition[];
  readonly equity: Fixed;
  readonly startOfDayEquity: Fixed;
  readonly buyingPower: Fixed;
  readonly session: { readonly isOpen: boolean; readonly nextOpenAt: number | null };
}

/** Asks the broker; outside any transaction, for the exchange that is built in needs the database to answer. @throws BrokerError */
export function readBrokerFacts(clock: Clock, client: BrokerClient, symbol: string): Promise<BrokerFacts> {
  return withTimeout(clock, FACTS_MS, (signal) => askBroker(client, symbol, { signal })).catch((error: unknown) => {
    if (!(error instanceof BrokerError)) throw error;
    const { message, code, broker, details } = error;
    // Looking sends nothing: whatever became of the question, there is no order to look for.
    throw new BrokerError(message, code, broker, { details, outcome: "refused", cause: error });
  });
}

async function askBroker(client: BrokerClient, symbol: string, options: CallOptions): Promise<BrokerFacts> {
  const instrument = await findInstrument(client, symbol, options);
  const [quote, positions, balances, hours] = await Promise.all([
    instrument === undefined ? null : readQuote(client, symbol, options),
    client.getPositions(options),
    client.getBalances(options),
    client.getMarketHours(MARKET, options),
  ]);
  const equity = parseFixed(balances.equity);
  return {
    instrument,
    quote,
    positions: positions.map((position) => ({
      symbol: position.symbol,
      quantity: parseFixed(position.quantity),
      price: parseFixed(position.marketPrice ?? position.averagePrice),
    })),
    equity,
    startOfDayEquity: equity - parseFixed(balances.dayPnl),
    buyingPower: parseFixed(balances.buyingPower),
    session: { isOpen: hours.isOpen, nextOpenAt: hours.nextOpenAt },
  };
}

export interface Judgement {
  /** Every rule that refuses, in the order in which a person should read them. */
  readonly issues: readonly OrderIssue[];
  /** It can only make a position smaller, so it may go while trading is REDUCING. */
  readonly reducesRisk: boolean;
}

export interface JudgeOptions {
  /** Our clock, epoch milliseconds. */
  readonly now: number;
  /** An order that this one replaces: it does not count beside it, and neither the pace nor a repetition is judged. */
  readonly replaces?: OrderId;
}

/**
 * Evaluates every rule for one order, by the broker's facts and the desk's own books: what is being sent or is of
 * unknown outcome counts with its worst case, whether the broker knows of it or not. Run it under the account's lock.
 */
export async function judgeOrder(
  db: Executor,
  account: AccountRow,
  order: ParsedOrder,
  client: Pick<BrokerClient, "capabilities">,
  facts: BrokerFacts,
  { now, replaces }: JudgeOptions,
): Promise<Judgement> {
  const all = await orders.listOpen(db, account.id);
  const open = all.filter((row) => row.id !== replaces);
  const replaced = all.find((row) => row.id === replaces);
  const exposed = open.map(exposedOrder);
  const exposure = exposureBySymbol(facts.positions, exposed).get(order.symbol);
  const reducesRisk = openingQuantity(exposure, order) === 0n;
  const form = [...checkInstrument(order, facts.instrument), ...checkCapabilities(order, client.capabilities)];
  if (facts.instrument === undefined) return { issues: form, reducesRisk };
  const recent = replaces === undefined ? await orders.listCreatedSince(db, account.id, now - MINUTE_MS) : [];
  const risk = evaluateRisk({
    order,
    limits: await readLimits(db, account.id),
    tradingState: await tradingStates.get(db, account.userId),
    now,
    quote: facts.quote,
    positions: facts.positions,
    openOrders: exposed,
    // What a rule refused never went, and may be tried again at once.
    recentOrders: recent.filter((row) => row.state !== "DENIED").map(recentOrder),
    equity: facts.equity,
    startOfDayEquity: facts.startOfDayEquity,
    buyingPower: facts.buyingPower - unseenByBroker(open) + releasedBy(replaced, order, exposure),
    session: facts.session,
  });
  return { issues: [...form, ...risk], reducesRisk };
}

async function readQuote(client: BrokerClient, symbol: string, options: CallOptions): Promise<MarketData | null> {
  try {
    return await client.getMarketData(symbol, options);
  } catch (error) {
    if (error instanceof BrokerError && error.code === "NO_MARKET_DATA") return null;
    throw error;
  }
}

function exposedOrder(row: OrderRow): ExposedOrder {
  return { symbol: row.symbol, side: row.side, remaining: remaining(row), price: reckonedPrice(row) };
}

function recentOrder(row: OrderRow): RecentOrder {
  return {
    clientOrderId: row.clientOrderId,
    symbol: row.symbol,
    side: row.side,
    type: row.type,
    quantity: parseFixed(row.quantity),
    price: row.price === null ? null : parseFixed(row.price),
    stopPrice: row.stopPrice === null ? null : parseFixed(row.stopPrice),
    at: row.createdAt,
  };
}

/** The broker's buying power has the orders taken off that it knows; those on the way are taken off here. */
function unseenByBroker(open: readonly OrderRow[]): Fixed {
  let reserved = 0n;
  for (const row of open) {
    if (row.venueOrderId !== null || row.side !== "buy") continue;
    reserved += multiply(remaining(row), reckonedPrice(row) ?? 0n, "up");
  }
  return reserved;
}

/** What the broker holds back for an order that is being changed: the changed one may use it. */
function releasedBy(row: OrderRow | undefined, order: ParsedOrder, others: SymbolExposure | undefined): Fixed {
  if (row === undefined || row.venueOrderId === null) return 0n;
  const opening = openingQuantity(others, { ...order, quantity: remaining(row) });
  return multiply(opening, reckonedPrice(row) ?? 0n, "down");
}

/** Its own price or, where it has none, the market's when it was judged. */
function reckonedPrice({ price, stopPrice, referencePrice }: OrderRow): Fixed | null {
  const named = price ?? stopPrice ?? referencePrice;
  return named === null ? null : parseFixed(named);
}

function remaining(row: OrderRow): Fixed {
  return max(0n, parseFixed(row.quantity) - parseFixed(row.filledQuantity));
}
