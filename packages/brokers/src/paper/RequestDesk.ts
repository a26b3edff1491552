import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { CHANCE } from "./chance.ts";
import { checkOrder } from "./checkOrder.ts";
import type { EventLog } from "./EventLog.ts";
import { expiryOf, type ExpiryRules } from "./expiry.ts";
import type { OrderChanges, Request } from "./InFlight.ts";
import type { MatchMoment } from "./meeting.ts";
import type { OrderDesk } from "./OrderDesk.ts";
import { PaperOrder } from "./PaperOrder.ts";
import { planReplacement } from "./planReplacement.ts";
import { canceledReason } from "./reasons.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import type { SessionState } from "./SessionState.ts";

export interface RequestDeskParts {
  readonly state: AccountState;
  readonly log: EventLog;
  readonly desk: OrderDesk;
  readonly sessionAt: (at: number) => SessionState;
  /** The instant at which orders meet the market. */
  readonly moment: () => MatchMoment;
  /** A number drawn for the next event and a purpose of `CHANCE` (PX102). */
  readonly draw: (purpose: number) => number;
}

/** Judges what an account's owner asks for, and has it done: at once or, where requests take time, as it arrives (PX100). */
export class RequestDesk {
  readonly #parts: RequestDeskParts;
  readonly #expiryRules: ExpiryRules;

  constructor(parts: RequestDeskParts) {
    this.#parts = parts;
    const { auctionPrices } = parts.state.terms.matching;
    this.#expiryRules = { sessionAt: parts.sessionAt, auctionPrices };
  }

  submit(order: ParsedOrder, session: SessionState): void {
    const { state, desk } = this.#parts;
    const verdict = checkOrder(order, state, session);
    if ("code" in verdict) return desk.reject(order, verdict);
    const expiresAt = expiryOf(order, state.now, this.#expiryRules);
    desk.accept(order, verdict, { expiresAt, arrivesAt: this.#arrivalTime() });
  }

  /** Why an order given at `now` would be refused; undefined where it would be taken. */
  refusalOf(order: ParsedOrder, now: number): Refusal | undefined {
    const { state, sessionAt } = this.#parts;
    const verdict = checkOrder(order, state, sessionAt(now), now);
    return "code" in verdict ? verdict : undefined;
  }

  cancel(orderId: string): void {
    const { desk } = this.#parts;
    const order = this.#openOrder(orderId, "PX51");
    const arrivesAt = this.#arrivalTime();
    if (!(order instanceof PaperOrder)) this.#refuseChange("cancel_rejected", orderId, order);
    else if (arrivesAt === null) desk.close(order, "canceled", canceledReason(order));
    else desk.requestCancel(order, arrivesAt);
  }

  replace(orderId: string, changes: OrderChanges): void {
    const { desk } = this.#parts;
    const order = this.#openOrder(orderId, "PX52");
    const arrivesAt = this.#arrivalTime();
    if (!(order instanceof PaperOrder)) this.#refuseChange("replace_rejected", orderId, order);
    else if (arrivesAt === null) this.#replaceNow(order, changes);
    else desk.requestReplace(order, changes, arrivesAt);
  }

  /** A request that was on its way is at the market; nothing is left of one for an order that ended meanwhile. */
  arrive(request: Request): void {
    const { state, desk, moment } = this.#parts;
    const order = state.order(request.orderId);
    if (order === undefined || !order.isOpen) return;
    if (request.kind === "order") desk.land(order);
    else if (request.kind === "cancel") desk.close(order, "canceled", canceledReason(order));
    else this.#replaceNow(order, request.changes);
    desk.meetMarket(moment());
  }

  #replaceNow(order: PaperOrder, changes: OrderChanges): void {
    const { state, log, desk } = this.#parts;
    const plan = planReplacement(order, changes, log.nextSequence, state, this.#expiryRules);
    if ("code" in plan) this.#refuseChange("replace_rejected", order.orderId, plan);
    else desk.replace(order, plan);
  }

  /** When a request made now reaches the market; null for at once (PX100). */
  #arrivalTime(): number | null {
    const { state, draw } = this.#parts;
    const { latency } = state.terms.matching;
    if (latency === null) return null;
    const delayMs = latency.inMs + (draw(CHANCE.latencyIn) % (latency.jitterMs + 1));
    return delayMs === 0 ? null : state.now + delayMs;
  }

  #openOrder(orderId: string, rule: string): PaperOrder | Refusal {
    const order = this.#parts.state.order(orderId);
    if (order === undefined) {
      return refuse(BrokerErrorCode.ORDER_NOT_FOUND, rule, `No order of this account has the id ${orderId}.`, {
        orderId,
      });
    }
    if (order.isOpen) return order;
    const { status } = order;
    return refuse(BrokerErrorCode.ORDER_CLOSED, rule, `Order ${orderId} is ${status} and changes no more.`, {
      orderId,
      status,
    });
  }

  #refuseChange(type: "cancel_rejected" | "replace_rejected", orderId: string, { code, reason }: Refusal): void {
    const { log } = this.#parts;
    log.emit({ seq: log.nextSequence, at: log.now, type, orderId, code, reason });
  }
}
