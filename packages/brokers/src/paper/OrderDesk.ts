import { formatFixed, money, price, quantity, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { executionId, venueOrderId } from "../domain/ids.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { CHANCE } from "./chance.ts";
import type { Granted } from "./checkOrder.ts";
import { isImmediate } from "./checkTerms.ts";
import type { EventLog } from "./EventLog.ts";
import { chargesFor } from "./fees.ts";
import type { SettlementCalendar } from "./money/settlement.ts";
import { immediateFill, matchStanding, standingTrigger } from "./matching.ts";
import type { FillSource, MatchMoment, MatchSink } from "./meeting.ts";
import { settleGroup, type GroupSink } from "./linkedGroups.ts";
import { draftsOf } from "./orderDrafts.ts";
import type { OrderGroup } from "./orderGroup.ts";
import type { OrderTerms } from "./PaperEvent.ts";
import { PaperOrder, type PaperOrderTerms } from "./PaperOrder.ts";
import { joinQueue } from "./queue.ts";
import type { Reason } from "./Reason.ts";
import { fillReason, immediateReason, triggerReason } from "./reasons.ts";
import type { OrderChanges } from "./InFlight.ts";
import type { SymbolState } from "./SymbolState.ts";
import type { TradingStatus } from "./tradingStatus.ts";
import type { Refusal } from "./Refusal.ts";

/** When an accepted order ends and when it reaches the market; null for never and at once. */
export interface Schedule {
  readonly expiresAt: number | null;
  readonly arrivesAt: number | null;
}

export interface OrderDeskParts {
  /** Sets the ids of this account apart (PX3). */
  readonly idSuffix: string;
  readonly settlement: SettlementCalendar;
  /** A number drawn for the next event and a purpose of `CHANCE` (PX102). */
  readonly draw: (purpose: number) => number;
}

interface Placing {
  readonly reference: Fixed;
  readonly expiresAt: number | null;
  readonly group: OrderGroup | null;
}

/** An order with what the market gave it: the stop of a trailing one, the shares of an amount of money. */
function asGranted(order: ParsedOrder, { quantity, trailing }: Granted): ParsedOrder {
  return { ...order, quantity, stopPrice: trailing?.stopPrice ?? order.stopPrice };
}

/** Nothing to add to a report that is there at once. */
const NOW = {} as const;

/** An exit closes what its entry opened, so its margin is reckoned at its own price. */
const exitReference = ({ price: limit, stopPrice }: ParsedOrder): Fixed => limit ?? stopPrice ?? 0n;

/** Carries out what was decided about orders: changes the account and writes the event, always both. */
export class OrderDesk implements MatchSink, GroupSink {
  readonly #state: AccountState;
  readonly #log: EventLog;
  readonly #idSuffix: string;
  readonly #settlement: SettlementCalendar;
  readonly #draw: (purpose: number) => number;
  /** The order that meets the market for the first time; others that fill meanwhile were there before. */
  #arriving: PaperOrder | null = null;
  /** Orders that came to the market and have not met it yet, in the order of their coming. */
  readonly #waiting: PaperOrder[] = [];

  constructor(state: AccountState, log: EventLog, { idSuffix, settlement, draw }: OrderDeskParts) {
    this.#state = state;
    this.#log = log;
    this.#idSuffix = idSuffix;
    this.#settlement = settlement;
    this.#draw = draw;
  }

  /** Takes an order, and the exits that hang on it, in. They meet the market with `meetMarket`, or when they arrive. */
  accept(order: ParsedOrder, granted: Granted, { expiresAt, arrivesAt }: Schedule): void {
    const log = this.#log;
    let groupId: string | undefined;
    for (const { order: draft, place, isHeld } of draftsOf(order)) {
      // Most orders are taken in as they were given, and an object saved is time saved.
      const given = granted.trailing === null && order.notional === undefined ? draft : asGranted(draft, granted);
      const asked = this.#describe(given);
      groupId ??= asked.orderId;
      const group = place === null ? null : { id: groupId, ...place };
      const reference = draft.clientOrderId === order.clientOrderId ? granted.referencePrice : exitReference(draft);
      const accepted = this.#create(given, asked, { reference, expiresAt, group });
      accepted.isHeld = isHeld;
      accepted.arrivesAt = isHeld ? null : arrivesAt;
      accepted.watermark = granted.trailing?.watermark ?? null;
      this.#state.accept(accepted);
      const type = "order_accepted";
      const plain = {
        seq: log.nextSequence,
        at: log.now,
        type,
        ...asked,
        referencePrice: price(reference),
        expiresAt,
      } as const;
      const isPlain = group === null && accepted.arrivesAt === null && accepted.watermark === null;
      log.emit(
        isPlain
          ? plain
          : {
              ...plain,
              ...(group === null ? {} : { group }),
              ...(accepted.arrivesAt === null ? {} : { arrivesAt: accepted.arrivesAt }),
              ...(accepted.watermark === null ? {} : { watermark: price(accepted.watermark) }),
              ...(isHeld ? { isHeld: true } : {}),
            },
      );
      if (!accepted.isParked) this.#waiting.push(accepted);
    }
  }

  get isMeetingDue(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets every order that has just come to the market meet it, and those that follow from that. */
  meetMarket(moment: MatchMoment): void {
    for (let order = this.#waiting.shift(); order !== undefined; order = this.#waiting.shift()) {
      if (order.isOpen) this.#arrive(order, moment);
    }
  }

  /** A duplicate is not remembered: its client order id belongs to the first order (PX10). */
  reject(order: ParsedOrder, { code, reason }: Refusal): void {
    const log = this.#log;
    const asked = this.#describe(order);
    if (code !== BrokerErrorCode.DUPLICATE_ORDER) {
      const refused = this.#create(order, asked, { reference: 0n, expiresAt: null, group: null });
      this.#state.refuse(refused, reason.text);
    }
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_rejected", ...asked, code, reason });
  }

  /** An order that was on its way comes to the market. */
  land(order: PaperOrder): void {
    const log = this.#log;
    this.#state.arrive(order, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_arrived", orderId: order.orderId });
    this.#waiting.push(order);
  }

  requestCancel(order: PaperOrder, arrivesAt: number): void {
    const { orderId } = order;
    const log = this.#log;
    this.#state.inFlight.add({ kind: "cancel", orderId, arrivesAt });
    log.emit({ seq: log.nextSequence, at: log.now, type: "cancel_requested", orderId, arrivesAt });
  }

  requestReplace(order: PaperOrder, changes: OrderChanges, arrivesAt: number): void {
    const { orderId } = order;
    const log = this.#log;
    this.#state.inFlight.add({ kind: "replace", orderId, arrivesAt, changes });
    log.emit({
      seq: log.nextSequence,
      at: log.now,
      type: "replace_requested",
      orderId,
      arrivesAt,
      ...(changes.quantity === undefined ? {} : { quantity: quantity(changes.quantity) }),
      ...(changes.price === undefined ? {} : { price: price(changes.price) }),
      ...(changes.stopPrice === undefined ? {} : { stopPrice: price(changes.stopPrice) }),
      ...(changes.timeInForce === undefined ? {} : { timeInForce: changes.timeInForce }),
    });
  }

  /** Halts, pauses or resumes trading in a symbol; what is in force already is no news (PX96). */
  setStatus(symbol: SymbolState, status: TradingStatus, reason: string): void {
    const log = this.#log;
    if ((symbol.halt?.status ?? "resumed") === status) return;
    this.#state.setStatus(symbol, status, reason, log.now);
    if (status === "resumed") symbol.market.reopen();
    else symbol.market.endQuotes();
    log.emit({ seq: log.nextSequence, at: log.now, type: "symbol_status", symbol: symbol.symbol, status, reason });
  }

  /** An exit whose entry is filled comes to the market. */
  activate(order: PaperOrder, reason: Reason): void {
    const log = this.#log;
    this.#state.activate(order, log.nextSequence, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_activated", orderId: order.orderId, reason });
    this.#waiting.push(order);
  }

  /** The exchange itself changes how much of an order is left. */
  resize(order: PaperOrder, quantity: Fixed, reason: Reason): void {
    this.#replaceTerms(order, { ...order.terms, quantity }, reason);
  }

  /** Brings every linked group in order, as after a start from a journal that stopped half way (PX117). */
  settleGroups(): void {
    for (const group of this.#state.groups) settleGroup(group, this);
  }

  /** An accepted or replaced order meets the market that stands: at once, or for as long as it waits. */
  #arrive(order: PaperOrder, moment: MatchMoment): void {
    this.#arriving = order;
    this.#meet(order, moment);
    this.#arriving = null;
    if (order.isOpen && moment.terms.matching.queueModel === "displayed" && !order.awaitsTrigger) {
      joinQueue(this.#state.symbol(order.symbol), order, moment.terms);
    }
  }

  #meet(order: PaperOrder, moment: MatchMoment): void {
    if (order.isForAuction || order.isParked) return;
    const symbol = this.#state.symbol(order.symbol);
    if (isImmediate(order.terms.timeInForce)) return this.#fillAtOnce(order, moment);
    if (order.awaitsTrigger) {
      const reached = standingTrigger(symbol, order, moment);
      if (reached === undefined) return;
      this.trigger(order, reached.by, reached.price);
    }
    matchStanding(symbol, order.side, moment, this);
  }

  replace(order: PaperOrder, terms: PaperOrderTerms): void {
    this.#replaceTerms(order, terms);
    this.#settle(order);
    this.#waiting.push(order);
  }

  #replaceTerms(order: PaperOrder, terms: PaperOrderTerms, reason?: Reason): void {
    const log = this.#log;
    const keepsPriority = terms.priority === order.terms.priority;
    this.#state.replace(order, terms, log.now);
    log.emit({
      seq: log.nextSequence,
      at: log.now,
      type: "order_replaced",
      orderId: order.orderId,
      quantity: quantity(terms.quantity),
      price: terms.price === null ? null : price(terms.price),
      stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
      timeInForce: terms.timeInForce,
      referencePrice: price(terms.referencePrice),
      expiresAt: terms.expiresAt,
      keepsPriority,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** When the owner hears of what happens now (PX101). */
  #reported(): { readonly reportedAt?: number } {
    const { latency } = this.#state.terms.matching;
    if (latency === null) return NOW;
    const jitterMs = this.#draw(CHANCE.latencyOut) % (latency.jitterMs + 1);
    return { reportedAt: this.#log.now + latency.outMs + jitterMs };
  }

  #settle({ group }: PaperOrder): void {
    if (group !== null) settleGroup(this.#state.groupOf(group), this);
  }

  close(order: PaperOrder, status: "canceled" | "expired", reason: Reason): void {
    const log = this.#log;
    this.#state.close(order, status, reason.text, log.now);
    const type = status === "canceled" ? "order_canceled" : "order_expired";
    log.emit({ seq: log.nextSequence, at: log.now, type, orderId: order.orderId, reason });
    this.#settle(order);
  }

  fill(order: PaperOrder, filled: Fixed, at: Fixed, source: FillSource): void {
    const state = this.#state;
    const log = this.#log;
    const day = { at: log.now, endsAt: state.day.endsAt, isArriving: order === this.#arriving };
    const charges = chargesFor(order, filled, at, day, state.terms);
    const shares = quantity(filled);
    const seq = log.nextSequence;
    const event = {
      seq,
      at: log.now,
      type: "order_filled",
      orderId: order.orderId,
      executionId: executionId(`X${this.#idSuffix}-${seq}`),
      symbol: order.symbol,
      side: order.side,
      quantity: shares,
      price: price(at),
      fees: {
        commission: money(charges.commission),
        sec: money(charges.sec),
        taf: money(charges.taf),
        ...(charges.exchange === 0n ? {} : { exchange: money(charges.exchange) }),
      },
      ...(order.side === "buy" ? {} : { settlesAt: this.#settlement.settlesAt(log.now, state.day.endsAt) }),
      ...this.#reported(),
      reason: fillReason(order, shares, at, source),
    } as const;
    state.fill(order, { quantity: filled, price: at, charges }, event);
    log.emit(event);
    this.#settle(order);
  }

  trail(order: PaperOrder, watermark: Fixed, stopPrice: Fixed): void {
    const log = this.#log;
    this.#state.trail(order, watermark, stopPrice, log.now);
    log.emit({
      seq: log.nextSequence,
      at: log.now,
      type: "order_trailed",
      orderId: order.orderId,
      watermark: price(watermark),
      stopPrice: price(stopPrice),
    });
  }

  trigger(order: PaperOrder, by: "print" | "quote", at: Fixed): void {
    const log = this.#log;
    const reason = triggerReason(order, by, at);
    this.#state.trigger(order, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_triggered", orderId: order.orderId, reason });
  }

  #fillAtOnce(order: PaperOrder, moment: MatchMoment): void {
    const found = immediateFill(this.#state.symbol(order.symbol), order, moment);
    const isEnough = order.terms.timeInForce === "ioc" ? found.left > 0n : found.left >= order.remaining;
    if (isEnough && found.part > 0n && found.far !== undefined && found.price !== undefined) {
      found.far.taken += found.part;
      this.fill(order, found.part, found.price, { kind: "quote", shown: found.far.size, left: found.left });
    }
    if (order.isOpen) this.close(order, "canceled", immediateReason(order, found));
  }

  #describe(order: ParsedOrder): OrderTerms {
    const plain: OrderTerms = {
      orderId: venueOrderId(`P${this.#idSuffix}-${this.#log.nextSequence}`),
      clientOrderId: order.clientOrderId,
      symbol: order.symbol,
      side: order.side,
      orderType: order.type,
      timeInForce: order.timeInForce,
      extendedHours: order.extendedHours,
      quantity: quantity(order.quantity),
      price: order.price === null ? null : price(order.price),
      stopPrice: order.stopPrice === null ? null : price(order.stopPrice),
    };
    if (order.trail === undefined && order.notional === undefined) return plain;
    return {
      ...plain,
      ...(order.trail === undefined ? {} : { trail: { by: order.trail.by, value: formatFixed(order.trail.value) } }),
      ...(order.notional === undefined ? {} : { notional: money(order.notional) }),
    };
  }

  #create(order: ParsedOrder, asked: OrderTerms, { reference, expiresAt, group }: Placing): PaperOrder {
    const { timeInForce, quantity, price, stopPrice, trail = null, notional = null } = order;
    const priority = this.#log.nextSequence;
    return new PaperOrder(
      {
        orderId: asked.orderId,
        clientOrderId: asked.clientOrderId,
        symbol: asked.symbol,
        side: asked.side,
        orderType: asked.orderType,
        extendedHours: asked.extendedHours,
        trail,
        notional,
        group,
      },
      { timeInForce, quantity, price, stopPrice, referencePrice: reference, expiresAt, priority },
      this.#log.now,
    );
  }
}
