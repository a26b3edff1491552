import { max, type Fixed } from "../../domain/decimal.ts";
import type { GroupRole, Order, OrderUpdateEvent } from "../../domain/order.ts";
import { readNumber } from "../ibNumber.ts";
import { readInstant } from "../ibTime.ts";
import type { IBContract, IBOrderState, IBOrderTold } from "../session/vendorTypes.ts";
import { ExecutionLedger, type Execution } from "./ExecutionLedger.ts";
import { OrderNews } from "./OrderNews.ts";
import { refOfPart, type GroupPart } from "./orderRefs.ts";
import { OrderRecord, type SentOrder, type StatusReport } from "./OrderRecord.ts";
import { readIBOrder } from "./readIBOrder.ts";
import { hasEnded, toOrder, type OrderContext } from "./toOrder.ts";

export interface OrderBookOptions {
  /** Each change of an order and each execution once, in the order in which they became known. */
  readonly onUpdate: (event: OrderUpdateEvent) => void;
  /** The gateway tells of something that is not known here: its lists are to be read. */
  readonly onStrange: () => void;
  /** An execution was corrected after it was told. */
  readonly onCorrection: (execution: Execution) => void;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
  /** For waits. */
  readonly monotonic: () => number;
}

/** What an `orderStatus` says, and of which order. */
export interface OrderStatusTold extends Omit<StatusReport, "ending"> {
  readonly orderId: number;
  readonly clientId: number;
  readonly permId: number;
}

/**
 * What is known of the account's orders, from whatever told it and in any order. Orders go by the id that they have for the
 * whole account (`permId`) and, until the gateway has named that, by the reference that they were sent with: order ids are
 * given away again when a gateway restarts. It tells each change and each execution once.
 */
export class OrderBook {
  readonly ledger = new ExecutionLedger();
  readonly #options: OrderBookOptions;
  readonly #byPermId = new Map<number, OrderRecord>();
  /** The first of each name. */
  readonly #byRef = new Map<string, OrderRecord>();
  /** Orders that were written in this session, by the id that they were written with. */
  #written = new Map<number, OrderRecord>();
  readonly #news: OrderNews;

  constructor(options: OrderBookOptions) {
    this.#options = options;
    const { onUpdate, monotonic } = options;
    this.#news = new OrderNews({ ledger: this.ledger, onUpdate, monotonic, view: (record) => this.view(record) });
  }

  /** From here on what changes is told. */
  begin(): void {
    for (const [permId, record] of this.#byPermId) {
      record.unlisted = max(0n, record.statusFilled - this.ledger.filled(permId));
    }
    this.#news.begin(this.records());
  }

  /** The session is gone: order ids of it mean nothing any more. */
  endSession(): void {
    this.#written = new Map();
  }

  /** Whether an order of this name may be there already. */
  knows(orderRef: string): boolean {
    return this.#byRef.has(orderRef);
  }

  /** Call it before an order is queued: its reference is taken from here on. */
  expect(sent: Omit<SentOrder, "orderId">): OrderRecord {
    const record = new OrderRecord({ ...sent, orderId: 0 }, sent.terms);
    this.#byRef.set(sent.orderRef, record);
    return record;
  }

  /** Call it right before it is written: what is told of it may come before anything else. */
  writeAs(record: OrderRecord, orderId: number): void {
    record.orderId = orderId;
    this.#written.set(orderId, record);
  }

  /** It was refused, or was never written: there is no such order. */
  drop(record: OrderRecord): void {
    if (record.permId !== null) return;
    if (this.#byRef.get(record.orderRef) === record) this.#byRef.delete(record.orderRef);
    if (this.#written.get(record.orderId) === record) this.#written.delete(record.orderId);
  }

  byPermId(permId: number): OrderRecord | undefined {
    return this.#byPermId.get(permId);
  }

  /** Confirmed or not. */
  byRef(orderRef: string): OrderRecord | undefined {
    return this.#byRef.get(orderRef);
  }

  /** The order that was written, or is listed, under this id of our own client; by it errors are told. */
  byOrderId(clientId: number, orderId: number): OrderRecord | undefined {
    const written = this.#written.get(orderId);
    if (written !== undefined) return written;
    const listed = [...this.#byPermId.values()].filter(
      (record) => record.clientId === clientId && record.orderId === orderId && !this.isOver(record),
    );
    return listed.length === 1 ? listed[0] : undefined;
  }

  /** Another open order has the same id: another client's, for which ids are its own. */
  hasNamesake(record: OrderRecord): boolean {
    return this.openRecords().some((each) => each !== record && each.orderId === record.orderId);
  }

  /** Those that the gateway has confirmed. */
  records(): readonly OrderRecord[] {
    return [...this.#byPermId.values()];
  }

  /** Those of them that have not ended, as far as is known. */
  openRecords(): readonly OrderRecord[] {
    return this.records().filter((record) => !this.isOver(record));
  }

  /** It changes no more, as far as is known. */
  isOver(record: OrderRecord): boolean {
    return hasEnded(record, this.#filledOf(record));
  }

  /** Sent, and neither confirmed nor refused. */
  unconfirmed(): readonly OrderRecord[] {
    return [...this.#byRef.values()].filter(({ permId }) => permId === null);
  }

  /** Null while the gateway has not confirmed it, and for an order that the desk has no words for. */
  view(record: OrderRecord): Order | null {
    return toOrder(record, {
      filled: this.#filledOf(record),
      average: record.unlisted > 0n ? null : this.ledger.average(record.permId ?? 0),
      group: this.#groupOf(record),
      isHeld: this.#isHeld(record),
      isNamesake: this.#byRef.get(record.orderRef) !== record,
    });
  }

  /** An order that is open, or whose change is told. A preview is none. */
  takeOpenOrder(orderId: number, contract: IBContract, told: IBOrderTold, state: IBOrderState): void {
    const { permId = 0, clientId = 0, orderRef = "" } = told;
    const at = this.#options.brokerNow();
    const record = this.#recordOf(permId, orderRef, { clientId, orderId, contract, at });
    if (record === undefined) return;
    record.clientId = clientId;
    record.orderId = orderId;
    record.contract = contract;
    record.terms = this.#newTerms(record, contract, told);
    record.echoes += 1;
    const { ocaGroup = "", ocaType = 0 } = told;
    record.oca = ocaGroup === "" ? null : { name: ocaGroup, type: ocaType };
    record.takeStatus({ status: state.status ?? "", filled: null, averagePrice: null, whyHeld: record.whyHeld }, at);
    this.#tell(record);
  }

  /** One from the list of what has ended. */
  takeCompleted(contract: IBContract, told: IBOrderTold, state: IBOrderState): void {
    const { permId = 0, clientId = 0, orderRef = "", filledQuantity } = told;
    // When it was placed is not said: no later than it ended.
    const at = readInstant(state.completedTime ?? "") ?? this.#options.brokerNow();
    const record = this.#recordOf(permId, orderRef, { clientId, orderId: 0, contract, at });
    if (record === undefined) return;
    record.terms ??= readIBOrder(contract, told);
    const report = {
      status: state.status ?? "",
      filled: readNumber(filledQuantity),
      averagePrice: null,
      whyHeld: "",
      ending: state.completedStatus ?? "",
    };
    record.takeStatus(report, at);
    this.#tell(record);
  }

  takeStatus({ orderId, clientId, permId, ...report }: OrderStatusTold): void {
    const record = permId > 0 ? (this.#byPermId.get(permId) ?? this.#confirm(permId, orderId, clientId)) : undefined;
    if (record === undefined) {
      if (permId > 0) this.#options.onStrange();
      return;
    }
    record.takeStatus(report, this.#options.brokerNow());
    this.#tell(record);
  }

  takeExecution(execution: Execution): void {
    const { permId, clientOrderId: orderRef } = execution;
    const record = this.#byPermId.get(permId) ?? this.#confirmByRef(permId, orderRef);
    const before = this.ledger.filled(permId);
    const heard = this.ledger.book(execution, this.#options.monotonic());
    if (record === undefined) {
      if (heard === "new") this.#options.onStrange();
      return;
    }
    if (heard === "corrected") {
      record.takenBack = max(0n, record.takenBack + before - this.ledger.filled(permId));
      this.#options.onCorrection(execution);
    }
    this.#tell(record);
  }

  takeFees(execId: string, fees: Fixed): void {
    const permId = this.ledger.bookFees(execId, fees);
    const record = permId === undefined ? undefined : this.#byPermId.get(permId);
    if (record !== undefined) this.#tell(record);
  }

  /** What the gateway says against an order that it had taken, or about it. */
  note(record: OrderRecord, said: { readonly rejection: string } | { readonly notice: string }): void {
    if ("rejection" in said) record.rejection = said.rejection;
    else record.notice = said.notice;
    // What works may have been meant otherwise, so there its state has to say it too.
    if (record.permId === null || record.rejection === null || record.state === "working") return;
    record.takeStatus(INACTIVE, this.#options.brokerNow());
    this.#tell(record);
  }

  /** Tells the fills whose commission was waited for long enough. */
  tellLate(): void {
    for (const permId of this.ledger.untold()) {
      const record = this.#byPermId.get(permId);
      if (record !== undefined) this.#tell(record);
    }
  }

  /** Orders of which more is filled than their executions come to: those are to be asked for. */
  lacking(): readonly OrderRecord[] {
    return this.records().filter((record) => this.#isAwaited(record));
  }

  /** No list has them: nothing is known of what became of them. */
  markLost(records: readonly OrderRecord[]): void {
    for (const record of records) {
      record.isLost = true;
      this.#tell(record);
    }
  }

  /** Forgets what ended and has not changed since an instant of the broker's clock, each group as a whole. */
  prune(before: number): void {
    const isOld = (record: OrderRecord): boolean =>
      this.isOver(record) && record.updatedAt < before && !this.#isAwaited(record);
    const kept = new Set(this.records().flatMap((record) => (isOld(record) ? [] : record.ref.root)));
    for (const [permId, record] of this.#byPermId) {
      if (kept.has(record.ref.root)) continue;
      this.#byPermId.delete(permId);
      this.#news.forget(record);
      this.ledger.forget(permId);
      if (this.#byRef.get(record.orderRef) === record) this.#byRef.delete(record.orderRef);
    }
    // In all that time no list had it.
    for (const record of this.unconfirmed()) if (record.submittedAt < before) this.drop(record);
  }

  /** The record of an order with a `permId`; undefined without one: it is not confirmed, and says nothing yet. */
  #recordOf(
    permId: number,
    orderRef: string,
    told: Pick<SentOrder, "clientId" | "orderId" | "contract" | "at">,
  ): OrderRecord | undefined {
    if (permId <= 0) return undefined;
    const known = this.#byPermId.get(permId) ?? this.#confirmByRef(permId, orderRef);
    if (known !== undefined) return known;
    const record = new OrderRecord({ ...told, orderRef, role: null }, null);
    record.permId = permId;
    this.#byPermId.set(permId, record);
    if (orderRef !== "" && !this.#byRef.has(orderRef)) this.#byRef.set(orderRef, record);
    return record;
  }

  /** Our own order, by the reference that it was sent with. */
  #confirmByRef(permId: number, orderRef: string): OrderRecord | undefined {
    const record = orderRef === "" ? undefined : this.#byRef.get(orderRef);
    return record?.permId === null ? this.#bind(record, permId) : undefined;
  }

  /** Our own order, by the id that it was written with in this session. */
  #confirm(permId: number, orderId: number, clientId: number): OrderRecord | undefined {
    const record = this.#written.get(orderId);
    return record?.permId === null && record.clientId === clientId ? this.#bind(record, permId) : undefined;
  }

  #bind(record: OrderRecord, permId: number): OrderRecord {
    record.permId = permId;
    this.#byPermId.set(permId, record);
    return record;
  }

  /** What was sent says more than its echo: the instant at which it ends, to the millisecond. */
  #newTerms(record: OrderRecord, contract: IBContract, told: IBOrderTold): OrderRecord["terms"] {
    const terms = readIBOrder(contract, told);
    if (terms === null) return record.terms;
    const { expiresAt } = record.terms ?? {};
    if (expiresAt === undefined || told.tif !== "GTD") return terms;
    const isSame = terms.expiresAt === undefined || terms.expiresAt === Math.floor(expiresAt / 1_000) * 1_000;
    return isSame ? { ...terms, expiresAt } : terms;
  }

  /** By executions; a status report may say more. */
  #filledOf({ permId, unlisted, takenBack }: OrderRecord): Fixed {
    return unlisted + takenBack + this.ledger.filled(permId ?? 0);
  }

  #groupOf(record: OrderRecord): OrderContext["group"] {
    const role = record.role ?? this.#roleByExits(record);
    if (role === null) return null;
    const { root, part } = record.ref;
    const first = part === null ? record : this.#byRef.get(root);
    // The first order of a group is in no list after a day; what it was called is in every reference.
    return { id: String(first?.permId ?? root), role };
  }

  /** Of an order that was there before us, by the exits that hang on it. */
  #roleByExits({ ref: { root, part } }: OrderRecord): GroupRole | null {
    if (part !== null) return null;
    const has = (exit: GroupPart): boolean => this.#byRef.has(refOfPart(root, exit));
    if (has("oco")) return "take_profit";
    return has("tp") || has("sl") ? "entry" : null;
  }

  #isHeld({ ref, whyHeld }: OrderRecord): boolean {
    if (ref.part === null || ref.part === "oco") return false;
    const entry = this.#byRef.get(ref.root);
    if (entry === undefined) return whyHeld.includes("child");
    return entry.terms !== null && max(entry.statusFilled, this.#filledOf(entry)) < entry.terms.quantity;
  }

  /** More is filled, by its status, than its executions come to. */
  #isAwaited(record: OrderRecord): boolean {
    return record.permId !== null && record.statusFilled > this.#filledOf(record);
  }

  #tell(record: OrderRecord): void {
    const hasFilled = this.#news.tell(record);
    // An exit works once its entry is filled.
    if (hasFilled) for (const exit of this.#exitsOf(record)) this.#news.tellOrder(exit);
  }

  #exitsOf({ ref }: OrderRecord): readonly OrderRecord[] {
    if (ref.part !== null) return [];
    return this.records().filter((record) => record.ref.part !== null && record.ref.root === ref.root);
  }
}

const INACTIVE: StatusReport = { status: "Inactive", filled: null, averagePrice: null, whyHeld: "" };
