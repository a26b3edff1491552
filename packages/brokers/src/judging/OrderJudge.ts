import type { CallOptions } from "../BrokerClient.ts";
import type { ExchangeSession } from "../calendar/sessionAt.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import type { Clock } from "../domain/Clock.ts";
import { parseFixed, type Fixed } from "../domain/decimal.ts";
import type { Instrument, MarketData } from "../domain/marketData.ts";
import type { Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { checkCapabilities } from "../rules/checkCapabilities.ts";
import { checkInstrument } from "../rules/checkInstrument.ts";
import { evaluateRisk } from "../rules/evaluateRisk.ts";
import { exposureBySymbol, openingQuantity } from "../rules/exposure.ts";
import { orderIssue } from "../rules/orderRules.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../rules/parseOrderUpdate.ts";
import { DEFAULT_RISK_LIMITS, type RiskLimits, type SymbolLimits, type TradingState } from "../rules/RiskLimits.ts";
import type { RecentOrder } from "../rules/RiskInput.ts";

const MINUTE_MS = 60_000;

/** A question for an order that makes a risk smaller may use what a budget keeps for it. */
export type AskingFor = "reduce" | "read";

/** What an account is held to before its orders are sent; asked anew for every order. */
export interface JudgingPolicy {
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
  readonly symbols?: ReadonlyMap<string, SymbolLimits>;
}

/** What the rules look at of an account, in its currency. */
export interface JudgedAccount {
  readonly positions: readonly Position[];
  readonly equity: Fixed;
  readonly startOfDayEquity: Fixed;
  /** What there is for an order, open ones already taken off. */
  readonly buyingPower: (order: ParsedOrder, session: ExchangeSession) => Fixed;
}

/** What a judge asks a broker. Each may throw BrokerError. */
export interface JudgedBroker {
  /** Null for what is not traded. */
  readonly instrument: (symbol: string, options: CallOptions, urgency: AskingFor) => Promise<Instrument | null>;
  /** Null without any price. */
  readonly latest: (symbol: string, options: CallOptions, urgency: AskingFor) => Promise<MarketData | null>;
  readonly account: (options: CallOptions, urgency: AskingFor) => Promise<JudgedAccount>;
  /** What was held when the broker was asked last; null before the first answer. */
  readonly lastHeld: () => readonly Position[] | null;
  /** As far as is known, without asking. */
  readonly knownOpen: () => readonly Order[];
  readonly session: () => ExchangeSession;
}

export interface Judgement {
  readonly issues: readonly OrderIssue[];
  /** It can only make a position smaller. */
  readonly isReducing: boolean;
}

/** What was asked for one order. */
export interface AskedFacts {
  readonly instrument: Instrument | null;
  readonly account: JudgedAccount;
  readonly quote: MarketData | null;
}

/** Holds orders to the desk's rules before they are sent, by what their broker says of the account and the market. */
export class OrderJudge {
  readonly #policy: () => JudgingPolicy;
  readonly #capabilities: BrokerCapabilities;
  readonly #clock: Clock;
  #recent: readonly RecentOrder[] = [];

  constructor(policy: (() => JudgingPolicy) | undefined, capabilities: BrokerCapabilities, clock: Clock) {
    this.#policy = policy ?? (() => ({ limits: DEFAULT_RISK_LIMITS, tradingState: "ACTIVE" }));
    this.#capabilities = capabilities;
    this.#clock = clock;
  }

  /**
   * @param isToGo it is sent where nothing speaks against it: of one that closes what was held last, what the rules need
   * is asked for with the budget that is kept for it. @throws BrokerError where the broker does not say what the rules need
   */
  async judge(order: ParsedOrder, broker: JudgedBroker, options: CallOptions, isToGo = false): Promise<Judgement> {
    const held = broker.lastHeld();
    const isUrgent = isToGo && held !== null && isClosing(order, held);
    const facts = await this.ask(order.symbol, broker, options, isUrgent ? "reduce" : "read");
    const issues = this.#issues(order, broker, facts, broker.knownOpen(), this.#recent);
    return { issues, isReducing: isClosing(order, facts.account.positions) };
  }

  /** What would speak against the changed order as a new one; want of margin is the broker's to judge, it holds some back already. */
  async judgeChange(
    order: Order,
    changes: ParsedOrderUpdate,
    broker: JudgedBroker,
    options: CallOptions,
  ): Promise<readonly OrderIssue[]> {
    const after = changedOrder(order, changes);
    const { quantity, price, stopPrice, timeInForce } = changes;
    const isSmaller = quantity === undefined || quantity <= parseFixed(order.quantity);
    if (after.quantity <= 0n || (isSmaller && (price ?? stopPrice ?? timeInForce) === undefined)) return [];
    const facts = await this.ask(order.symbol, broker, options, "read");
    const others = broker.knownOpen().filter(({ orderId }) => orderId !== order.orderId);
    return this.#issues(after, broker, facts, others, []).filter(({ rule }) => rule !== "buying_power");
  }

  /**
   * An order that goes, for the rules on pace and repetition. One of which nobody knows whether it went counts too.
   * @returns what takes it back: it was refused, so it never went.
   */
  remember(order: ParsedOrder): () => void {
    const at = this.#clock.now();
    const sent = { ...order, at };
    const recent = this.#recent.filter((each) => at - each.at < MINUTE_MS);
    // Sent again under its id it is the same order, and its refusal says nothing of the first time.
    const before = recent.filter(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    this.#recent = [...recent.filter((each) => !before.includes(each)), sent];
    return () => {
      this.#recent = this.#recent.flatMap((each) => (each === sent ? before : [each]));
    };
  }

  /** @throws BrokerError */
  async ask(symbol: string, broker: JudgedBroker, options: CallOptions, urgency: AskingFor): Promise<AskedFacts> {
    const [instrument, account] = await Promise.all([
      broker.instrument(symbol, options, urgency),
      broker.account(options, urgency),
    ]);
    const quote = instrument === null ? null : await broker.latest(symbol, options, urgency);
    return { instrument, account, quote };
  }

  #issues(
    order: ParsedOrder,
    broker: JudgedBroker,
    { instrument, account, quote }: AskedFacts,
    openOrders: readonly Order[],
    recentOrders: readonly RecentOrder[],
  ): readonly OrderIssue[] {
    const unfit = [
      ...checkInstrument(order, instrument ?? undefined),
      ...checkCapabilities(order, this.#capabilities),
      ...checkExpiry(order, this.#clock.now()),
    ];
    if (instrument === null) return unfit;
    const { equity, startOfDayEquity, positions } = account;
    const session = broker.session();
    const risk = evaluateRisk({
      order,
      ...this.#policy(),
      now: this.#clock.now(),
      quote,
      positions: positions.map(heldOf),
      openOrders: openOrders.filter(isExposed).map(exposedOf),
      recentOrders,
      equity,
      startOfDayEquity,
      buyingPower: account.buyingPower(order, session),
      session,
    });
    return [...unfit, ...risk];
  }
}

/** An end that is over is none. */
function checkExpiry({ expiresAt }: ParsedOrder, now: number): readonly OrderIssue[] {
  if (expiresAt === undefined || expiresAt > now) return [];
  return [orderIssue("expiry_fits", "the order would have ended before now", { expiresAt, now }, "expiresAt")];
}

/** Shares that open or enlarge a position. */
export function openingOf(order: ParsedOrder, positions: readonly Position[]): Fixed {
  return openingQuantity(exposureBySymbol(positions.map(heldOf), []).get(order.symbol), order);
}

/** An amount of money has no shares to compare. */
function isClosing(order: ParsedOrder, positions: readonly Position[]): boolean {
  return order.notional === undefined && openingOf(order, positions) === 0n;
}

/** What would be left to fill, as a new order: the rules judge it as one. */
function changedOrder(order: Order, changes: ParsedOrderUpdate): ParsedOrder {
  const { quantity = parseFixed(order.quantity), price, stopPrice, timeInForce = order.timeInForce } = changes;
  return {
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce,
    extendedHours: order.extendedHours,
    quantity: quantity - parseFixed(order.filledQuantity),
    price: order.price === null ? null : (price ?? parseFixed(order.price)),
    stopPrice: order.stopPrice === null ? null : (stopPrice ?? parseFixed(order.stopPrice)),
  };
}

function heldOf({ symbol, quantity, marketPrice, averagePrice }: Position) {
  return { symbol, quantity: parseFixed(quantity), price: parseFixed(marketPrice ?? averagePrice) };
}

/** Exits of a group close what the group opened, and only one of them fills. */
const isExposed = ({ group }: Order): boolean => group === undefined || group.role === "entry";

function exposedOf({ symbol, side, quantity, filledQuantity, price, stopPrice }: Order) {
  const named = price ?? stopPrice;
  return {
    symbol,
    side,
    remaining: parseFixed(quantity) - parseFixed(filledQuantity),
    price: named === null ? null : parseFixed(named),
  };
}
