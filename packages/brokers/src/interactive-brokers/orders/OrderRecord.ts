import { max, type Fixed } from "../../domain/decimal.ts";
import type { GroupRole, OrderStatus } from "../../domain/order.ts";
import type { IBContract } from "../session/vendorTypes.ts";
import { isOver } from "./orderLife.ts";
import { readRef, ROLE_OF_PART, type OrderRef } from "./orderRefs.ts";
import type { OrderTerms } from "./OrderTerms.ts";
import type { OcaGroup } from "./toIBOrder.ts";

/**
 * Interactive Brokers' words for where an order stands. `pending`: sent on, not confirmed. `working` counts also what is
 * only held for its trigger or its hour. `inactive`: refused or held, it does not say which.
 * https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#order-status
 */
const STATES: ReadonlyMap<string, State | "canceled" | "filled"> = new Map([
  ["ApiPending", "pending"],
  ["PendingSubmit", "pending"],
  ["PreSubmitted", "working"],
  ["Submitted", "working"],
  ["PendingCancel", "pending_cancel"],
  ["Cancelled", "canceled"],
  ["ApiCancelled", "canceled"],
  ["Filled", "filled"],
  ["Inactive", "inactive"],
]);
type State = "pending" | "working" | "pending_cancel" | "inactive";

export type Ended = Extract<OrderStatus, "filled" | "canceled" | "rejected" | "expired">;

/** What the gateway says of where an order stands. */
export interface StatusReport {
  /** Its own word. */
  readonly status: string;
  /** Null where it is not said. */
  readonly filled: Fixed | null;
  readonly averagePrice: Fixed | null;
  /** "trigger", "child", "locate", several with commas between; empty where nothing holds it. */
  readonly whyHeld: string;
  /** From the list of what has ended: how, in the gateway's words ("Cancelled by Trader"). Absent elsewhere. */
  readonly ending?: string;
}

/** An order that is about to be written: what it is known by until the gateway tells of it. */
export interface SentOrder {
  readonly orderRef: string;
  readonly clientId: number;
  readonly orderId: number;
  readonly contract: IBContract;
  readonly terms: OrderTerms;
  readonly role: GroupRole | null;
  /** The broker's clock, epoch milliseconds. */
  readonly at: number;
}

/**
 * One order, by whatever was heard of it in any order and any number of times: filled shares never fall, and an end stays
 * an end but for a late fill. What is not known is not guessed at.
 */
export class OrderRecord {
  readonly orderRef: string;
  readonly ref: OrderRef;
  readonly submittedAt: number;
  updatedAt: number;
  /** The order's id for the whole account and for good; null until the gateway has confirmed it. */
  permId: number | null = null;
  clientId: number;
  orderId: number;
  contract: IBContract;
  /** Null for an order that the desk has no words for. */
  terms: OrderTerms | null;
  role: GroupRole | null;
  /** As the gateway tells it: it ties the exits of an entry together by itself. */
  oca: OcaGroup | null = null;
  /** Counts what the gateway said of its terms. */
  echoes = 0;
  /** The gateway's own word that is not known here; null once a known one follows. */
  strange: string | null = null;
  whyHeld = "";
  /** Why it was refused, in the gateway's words. */
  rejection: string | null = null;
  /** What the gateway says of it beside its state: a warning, why it was canceled. */
  notice: string | null = null;
  /** A cancel was asked for here. */
  isCancelAsked = false;
  /** Of a group that was not taken whole: it is to be canceled. */
  isUnwanted = false;
  /** The session in which that cancel was written; null while it was not. */
  takenBackIn: number | null = null;
  /** A change was asked for here: a refusal may be the change's. */
  isChangeAsked = false;
  /** No list of the gateway has it any more, and nothing says what became of it. */
  isLost = false;
  /** By status reports; executions may say more. */
  statusFilled: Fixed = 0n;
  averagePrice: Fixed | null = null;
  /** Shares that were filled before anyone listened, and whose executions are in no list. */
  unlisted: Fixed = 0n;
  /** Shares that a correction took off its executions: what was told as filled never falls. */
  takenBack: Fixed = 0n;
  #state: State = "pending";
  #ended: Ended | null = null;

  /** @param terms null where the desk has no words for them. */
  constructor(order: Omit<SentOrder, "terms">, terms: OrderTerms | null) {
    const { orderRef, clientId, orderId, contract, role, at } = order;
    this.orderRef = orderRef;
    this.ref = readRef(orderRef);
    this.clientId = clientId;
    this.orderId = orderId;
    this.contract = contract;
    this.terms = terms;
    this.role = role ?? (this.ref.part === null ? null : ROLE_OF_PART[this.ref.part]);
    this.submittedAt = at;
    this.updatedAt = at;
  }

  get state(): State {
    return this.#state;
  }

  get ended(): Ended | null {
    return this.#ended;
  }

  /** Neither known here nor ended, or ended with a word that may mean two things: the lists of the gateway say more. */
  get isDoubtful(): boolean {
    return this.strange !== null || (this.#ended === null && this.#state === "inactive");
  }

  /** @param now the broker's clock, epoch milliseconds. */
  takeStatus(report: StatusReport, now: number): void {
    const before = this.#standing;
    this.#apply(report, now);
    if (this.#standing !== before) this.updatedAt = now;
  }

  /** What of the order may change under one and the same terms. */
  get #standing(): string {
    return `${this.#state} ${this.#ended} ${this.statusFilled} ${this.strange}`;
  }

  #apply({ status, filled, averagePrice, whyHeld, ending }: StatusReport, now: number): void {
    if (filled !== null && filled > this.statusFilled) {
      this.statusFilled = filled;
      this.averagePrice = averagePrice;
    }
    const state = STATES.get(status);
    if (state === undefined) {
      if (this.#ended === null) this.strange = status;
      return;
    }
    this.strange = null;
    this.isLost = false;
    if (state === "filled") {
      // A fill may come after the end that a cancel was.
      this.#ended = "filled";
      this.statusFilled = max(this.statusFilled, filled ?? this.terms?.quantity ?? 0n);
      return;
    }
    if (this.#ended !== null) return;
    this.whyHeld = whyHeld;
    if (ending !== undefined && ending !== "") this.notice ??= ending;
    if (state === "canceled") this.#ended = this.#howEnded(ending ?? "", now);
    else if (state === "inactive") this.#takeInactive(ending !== undefined);
    else this.#state = state;
  }

  /** @param isOver it is in the list of what has ended: it is not held. */
  #takeInactive(isOver: boolean): void {
    const { timeInForce } = this.terms ?? {};
    if (this.rejection !== null) this.#ended = "rejected";
    // What cannot wait was not held: so ends an all-or-nothing order where not all is there.
    else if (timeInForce === "fok" || timeInForce === "ioc") this.#ended = "canceled";
    else if (isOver) this.#ended = "rejected";
    else this.#state = "inactive";
  }

  #howEnded(ending: string, now: number): Ended {
    if (this.rejection !== null || /reject/i.test(ending)) return "rejected";
    if (/expir/i.test(ending)) return "expired";
    if (this.isCancelAsked || this.terms === null) return "canceled";
    return isOver(this.terms, this.submittedAt, now) ? "expired" : "canceled";
  }
}
