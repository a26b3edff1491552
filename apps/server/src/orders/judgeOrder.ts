import { BrokerError, draftsOf, type BrokerClient, type CallOptions } from "@trenddojo/brokers";
import {
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
  DEFAULT_RISK_LIMITS,
  evaluateRisk,
  exposureBySymbol,
  openingQuantity,
  orderIssue,
  type HeldPosition,
  type ParsedOrder,
  type RiskInput,
} from "@trenddojo/brokers/rules";
import { openExposures, orders, riskPolicies, type AccountRow, type Executor } from "@trenddojo/db";
import type { FactClient } from "../connections/OrderHost.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import { baseLimits, effectiveLimits, limitsBySymbol } from "../risk/effectiveLimits.ts";
import { booksBeside, exposedRow, releasedBy, unseenByBroker } from "./exposedOrders.ts";
import { NEVER_WENT, recentOrders } from "./recentOrders.ts";
import { sharesOf } from "./sharesOf.ts";
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
export function readBrokerFacts(clock: Clock, client: FactClient, symbol: string): Promise<BrokerFacts> {
  return withTimeout(clock, FACTS_MS, (signal) => askBroker(client, symbol, { signal })).catch((error: unknown) => {
    if (!(error instanceof BrokerError)) throw error;
    const { message, code, broker, details } = error;
    // Looking sends nothing: whatever became of the question, there is no order to look for.
    throw new BrokerError(message, code, broker, { details, outcome: "refused", cause: error });
  });
}

async function askBroker(client: FactClient, symbol: string, options: CallOptions): Promise<BrokerFacts> {
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
  /** The person means it beside the orders of unknown outcome. @default false */
  readonly acknowledgesUnknown?: boolean;
}

/**
 * Evaluates every rule for one order, by the broker's facts and the desk's own books: what is being sent or is of
 * unknown outcome counts with its worst case, whether the broker knows of it or not. A linked order is judged by its
 * entry, one for an amount of money by the shares that it makes. Run it under the account's lock.
 */
export async function judgeOrder(
  db: Executor,
  account: AccountRow,
  order: ParsedOrder,
  client: Pick<BrokerClient, "capabilities">,
  facts: BrokerFacts,
  { now, replaces, acknowledgesUnknown = false }: JudgeOptions,
): Promise<Judgement> {
  // Sent together: none waits for the answer to another.
  const [stored, recent, policy] = await Promise.all([
    openExposures.list(db, account.id, replaces),
    replaces === undefined ? readRecent(db, account, order.symbol, now) : NO_RECENT,
    readPolicy(db, account, order.symbol, now),
  ]);
  const all = stored.map(exposedRow);
  const replaced = replaces === undefined ? undefined : all.find(({ orderId }) => orderId === replaces);
  const { open, positions } = booksBeside(replaced, all, facts.positions);
  const exposure = exposureBySymbol(positions, open).get(order.symbol);
  const sized = { ...order, quantity: sharesOf(order, facts.quote) };
  const reducesRisk = !hasExits(order) && openingQuantity(exposure, sized) === 0n;
  const form = [...unfit(sized, facts.instrument), ...checkCapabilities(order, client.capabilities)];
  if (facts.instrument === undefined) return { issues: form, reducesRisk };
  const risk = evaluateRisk({
    order,
    ...policy,
    // A change adds nothing beside them that was not there before.
    acknowledgesUnknown: acknowledgesUnknown || replaces !== undefined,
    now,
    quote: facts.quote,
    positions,
    openOrders: open,
    ...recent,
    equity: facts.equity,
    startOfDayEquity: facts.startOfDayEquity,
    buyingPower: facts.buyingPower - unseenByBroker(open) + releasedBy(replaced, sized, exposure),
    session: facts.session,
  });
  const issues = [...form, ...risk, ...opensByExits(order, policy, risk)];
  return { issues: order.notional === undefined ? issues : issues.map(aboutDollars), reducesRisk };
}

/** An entry whose exits come after it: even one that closes a position may be the beginning of another. */
function hasExits({ linked }: ParsedOrder): boolean {
  return linked !== undefined && linked.orderClass !== "oco";
}

/** The order itself and, where that fits, its exits: a stop exit takes no parts of a share, though its entry does. */
function unfit(order: ParsedOrder, instrument: Instrument | undefined): readonly OrderIssue[] {
  for (const draft of draftsOf(order)) {
    const issues = checkInstrument(draft.order, instrument);
    if (issues.length > 0) return issues;
  }
  return [];
}

/** Where only reducing orders may go, an entry that closes is not enough. */
function opensByExits(order: ParsedOrder, policy: Policy, risk: readonly OrderIssue[]): readonly OrderIssue[] {
  if (!hasExits(order)) return [];
  const { symbol } = order;
  const { tradingState: state, symbols } = policy;
  const detail = "the exits of this order could open one";
  const issues = [
    ...(state === "REDUCING" ? [orderIssue("reducing_only", detail, { state }, "orderClass")] : []),
    ...(symbols?.get(symbol)?.isBlocked === true
      ? [orderIssue("symbol_blocked", detail, { symbol }, "orderClass")]
      : []),
  ];
  return issues.filter(({ rule }) => risk.every((said) => said.rule !== rule));
}

type Recent = Pick<RiskInput, "recentOrders" | "pace">;

const NO_RECENT: Recent = { recentOrders: [], pace: { count: 0, oldestAt: null } };

/** What went lately: all of it counted, and what the order could repeat. */
async function readRecent(db: Executor, account: AccountRow, symbol: string, now: number): Promise<Recent> {
  const { userId, id: accountId } = account;
  const repeatable = now - DEFAULT_RISK_LIMITS.duplicateWindowMs;
  const [pace, rows] = await Promise.all([
    // A minute has not passed since its first millisecond.
    orders.paceSince(db, { userId, accountId, since: now - MINUTE_MS + 1, without: NEVER_WENT }),
    orders.listCreatedSince(db, { userId, accountId, symbol, since: repeatable }),
  ]);
  return { pace, recentOrders: recentOrders(rows) };
}

type Policy = Pick<RiskInput, "limits" | "symbols" | "tradingState">;

/** What orders in the symbol are held to now. */
async function readPolicy(db: Executor, account: AccountRow, symbol: string, now: number): Promise<Policy> {
  const stored = await riskPolicies.findForOrder(db, { accountId: account.id, symbol, now });
  return {
    limits: effectiveLimits(baseLimits(stored.limits), stored.raises),
    symbols: limitsBySymbol(stored.symbol === null ? [] : [stored.symbol]),
    tradingState: stored.tradingState,
  };
}

/** The ticket of an order for an amount of money has no field for shares. */
export function aboutDollars(issue: OrderIssue): OrderIssue {
  return issue.field === "quantity" ? { ...issue, field: "notional" } : issue;
}

async function readQuote(client: FactClient, symbol: string, options: CallOptions): Promise<MarketData | null> {
  try {
    return await client.getMarketData(symbol, options);
  } catch (error) {
    if (error instanceof BrokerError && error.code === "NO_MARKET_DATA") return null;
    throw error;
  }
}
