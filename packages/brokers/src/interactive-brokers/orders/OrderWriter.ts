import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { Order, OrderLeg, OrderResponse } from "../../domain/order.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { GatewayCalls } from "../session/GatewayCalls.ts";
import type { IBContract } from "../session/vendorTypes.ts";
import { changedTerms, checkChange } from "./checkChange.ts";
import { draftOrders, type OrderDraft } from "./draftOrders.ts";
import type { OrderAnswers } from "./OrderAnswers.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderIds } from "./OrderIds.ts";
import type { OrderRecord } from "./OrderRecord.ts";
import { orderedContract } from "./orderedContract.ts";
import type { OrderTerms } from "./OrderTerms.ts";
import type { Strangers } from "./Strangers.ts";
import { toIBOrder } from "./toIBOrder.ts";

export interface OrderWriterOptions {
  readonly gateway: Gateway;
  readonly book: OrderBook;
  readonly answers: OrderAnswers;
  readonly ids: OrderIds;
  readonly strangers: Strangers;
  readonly mode: Mode;
  /** What the gateway calls a symbol. @throws BrokerError SYMBOL_NOT_FOUND */
  readonly contractOf: (symbol: string, options?: CallOptions) => Promise<IBContract>;
}

/** An order with all that it needs to be written; order ids are kept for it, as many as it has drafts. */
export interface PreparedOrder {
  readonly drafts: readonly OrderDraft[];
  readonly contract: IBContract;
}

/** Writes orders, changes and cancels, each once, and waits for what the gateway says to them. */
export class OrderWriter {
  readonly #options: OrderWriterOptions;

  constructor(options: OrderWriterOptions) {
    this.#options = options;
  }

  /** All that has to be waited for before an order is written. @throws BrokerError */
  async prepare(order: ParsedOrder, options?: CallOptions): Promise<PreparedOrder> {
    const drafts = draftOrders(order);
    const contract = await this.#options.contractOf(order.symbol, options);
    await this.#options.ids.keep(drafts.length);
    return { drafts, contract };
  }

  /** Goes into the wire's queue in the tick of the call. @throws BrokerError OUTCOME_UNKNOWN where it may be there */
  async place(prepared: PreparedOrder, urgency: "order" | "reduce", options: CallOptions = {}): Promise<OrderResponse> {
    const records = this.#expect(prepared);
    await this.#writeGroup(prepared, records, urgency, options);
    const isTaken = ({ permId, state, ended }: OrderRecord): boolean =>
      permId !== null && (ended !== null || (state !== "pending" && state !== "inactive"));
    try {
      await this.#options.answers.answer({
        what: "the order",
        isFirst: true,
        orderIds: records.map(({ orderId }) => orderId),
        isAnswered: () => records.every(isTaken),
        ...signalOf(options),
      });
    } catch (error) {
      if (error instanceof BrokerError && error.outcome === "refused") await this.#clearUp(records, prepared, error);
      // It is there, and has not got beyond the gateway: a question on its screen may be waiting for a person.
      if (records.some(({ permId }) => permId === null)) throw error;
    }
    return this.#taken(records);
  }

  /** @returns true when the gateway took the request. @throws BrokerError */
  async cancel(record: OrderRecord, options: CallOptions = {}): Promise<true> {
    const { gateway, answers } = this.#options;
    const { orderId } = record;
    this.#assertAddressable(record, "cancel");
    record.isCancelAsked = true;
    try {
      await gateway.send({ urgency: "cancel", write: (calls) => void calls.cancelOrder(orderId), options });
      await answers.answer({
        what: "the cancel",
        isCancel: true,
        orderIds: [orderId],
        isAnswered: () => record.ended !== null || record.state === "pending_cancel",
        ...signalOf(options),
      });
    } catch (error) {
      if (error instanceof BrokerError && error.outcome === "refused") record.isCancelAsked = false;
      throw error;
    }
    if (record.ended === "filled") throw closed(record);
    return true;
  }

  /**
   * Of the account; one message where the login has no other, since that may overtake everything.
   * @returns how many orders it was asked for. @throws BrokerError
   */
  async cancelAll(options: CallOptions = {}): Promise<number> {
    const { gateway, book, answers } = this.#options;
    const open = book.openRecords();
    if (gateway.accounts.length > 1) {
      const own = open.filter((record) => record.orderId > 0);
      // Of those that were written and not confirmed yet, the ones whose ids are of this session.
      const isWritten = (record: OrderRecord): boolean => book.byOrderId(gateway.clientId, record.orderId) === record;
      const all = [...own, ...book.unconfirmed().filter(isWritten)];
      const asked = await Promise.allSettled(all.map((record) => this.cancel(record, options)));
      return asked.filter(({ status }) => status === "fulfilled").length;
    }
    for (const record of [...open, ...book.unconfirmed()]) record.isCancelAsked = true;
    await gateway.send({ urgency: "cancel", write: (calls) => void calls.reqGlobalCancel(), options });
    await answers
      .answer({
        what: "the cancel of all orders",
        orderIds: [],
        isAnswered: () => open.every(({ ended, state }) => ended !== null || state === "pending_cancel"),
        ...signalOf(options),
      })
      // Some may be canceled only when their market opens; it was asked for them all the same.
      .catch((error: unknown) => {
        if (options.signal?.aborted === true) throw error;
      });
    return open.length;
  }

  /** @param judge throws for changes that a rule refuses. @returns true when the gateway took them. @throws BrokerError */
  async change(
    record: OrderRecord,
    changes: ParsedOrderUpdate,
    judge: (order: Order) => Promise<void>,
    options: CallOptions = {},
  ): Promise<true> {
    const { book } = this.#options;
    const order = book.view(record);
    const before = record.terms;
    if (order === null || before === null) throw noWords(record);
    checkChange(order, changes);
    this.#assertAddressable(record, "change");
    await judge(order);
    const terms = changedTerms(before, changes);
    record.isChangeAsked = true;
    const entry = this.#entryOf(record);
    const keepsEntry = entry !== undefined && !book.isOver(entry);
    try {
      await this.#writeChange(record, terms, keepsEntry ? entry : undefined, options);
    } catch (error) {
      // An exit of a filled entry has no parent any more, or has it still: gateways do not agree, and say so at once.
      if (entry === undefined || keepsEntry || !isAboutParent(error)) throw error;
      await this.#writeChange(record, terms, entry, options);
    }
    return true;
  }

  async #writeChange(
    record: OrderRecord,
    terms: OrderTerms,
    parent: OrderRecord | undefined,
    options: CallOptions,
  ): Promise<void> {
    const { gateway, answers } = this.#options;
    const { orderId, contract, echoes, orderRef, oca } = record;
    const given = toIBOrder(terms, {
      account: gateway.accountId,
      orderRef,
      transmit: true,
      ...(parent === undefined ? {} : { parentId: parent.orderId }),
      ...(oca === null ? {} : { oca }),
    });
    await gateway.send({
      urgency: "order",
      // What was decided about it holds while it is open.
      refusal: () => (record.ended === null ? null : closed(record)),
      write: (calls) => void calls.placeOrder(orderId, orderedContract(contract), given),
      options,
    });
    const isDone = (): boolean => record.echoes > echoes && record.terms !== null && isSame(record.terms, terms);
    await answers.answer({
      what: "the change",
      orderIds: [orderId],
      isAnswered: () => isDone() || record.ended !== null,
      ...signalOf(options),
    });
    if (!isDone()) throw closed(record);
  }

  #expect({ drafts, contract }: PreparedOrder): readonly OrderRecord[] {
    const { gateway, book } = this.#options;
    const double = drafts.find(({ orderRef }) => book.knows(orderRef));
    if (double !== undefined) throw duplicate(double.orderRef);
    const { clientId } = gateway;
    return drafts.map(({ orderRef, role, terms }) =>
      book.expect({ orderRef, role, terms, clientId, contract, at: gateway.brokerNow() }),
    );
  }

  async #writeGroup(
    { drafts, contract }: PreparedOrder,
    records: readonly OrderRecord[],
    urgency: "order" | "reduce",
    options: CallOptions,
  ): Promise<void> {
    const { gateway, book, ids } = this.#options;
    const { session, accountId: account } = gateway;
    let written = 0;
    try {
      for (const [index, record] of records.entries()) {
        const draft = drafts[index];
        if (draft === undefined) break;
        const { orderRef, transmit, isChild, oca, terms } = draft;
        const parentId = records[0]?.orderId ?? 0;
        const given = toIBOrder(terms, {
          account,
          orderRef,
          transmit,
          ...(isChild ? { parentId } : {}),
          ...(oca === undefined ? {} : { oca }),
        });
        const write = (calls: GatewayCalls): void => {
          const orderId = ids.next();
          book.writeAs(record, orderId);
          calls.placeOrder(orderId, contract, given);
        };
        // Once the first is written the others follow it, whoever has stopped waiting.
        const first = written === 0 ? { name: orderRef, options } : {};
        await gateway.send({ urgency, session, write, ...first });
        written += 1;
      }
    } catch (cause) {
      for (const record of records.slice(written)) book.drop(record);
      if (written === 0) throw cause;
      await this.#takeBack(records.slice(0, written));
      throw partly("only a part of the group was sent", cause);
    }
  }

  /**
   * After one of a group was refused. An entry that was refused has exits that never worked; anything else of the group may
   * work, and is asked to be canceled. @throws BrokerError
   */
  async #clearUp(records: readonly OrderRecord[], { drafts }: PreparedOrder, refusal: BrokerError): Promise<never> {
    const { book } = this.#options;
    const isGone = (record: OrderRecord): boolean => book.byRef(record.orderRef) !== record || record.ended !== null;
    const others = records.filter((record) => !isGone(record));
    if (others.length === 0) throw refusal;
    await this.#takeBack(others);
    const [entry] = records;
    const hangsOnRefused = entry !== undefined && isGone(entry) && drafts.slice(1).every(({ isChild }) => isChild);
    if (!hangsOnRefused) throw partly("an order of the group was refused, and the others are being canceled", refusal);
    for (const record of others) book.drop(record);
    throw refusal;
  }

  /** What is left of groups that were not taken whole, and whose cancel may have been lost with its session. */
  async takeBackLeft(): Promise<void> {
    const { gateway, book } = this.#options;
    const isLeft = ({ isUnwanted, takenBackIn, clientId }: OrderRecord): boolean =>
      isUnwanted && takenBackIn !== gateway.session && clientId === gateway.clientId;
    await this.#takeBack(book.openRecords().filter(isLeft));
  }

  /** Asks for their cancel; what becomes of them is told as of any order. */
  async #takeBack(records: readonly OrderRecord[]): Promise<void> {
    const { gateway } = this.#options;
    for (const record of records) {
      record.isCancelAsked = true;
      record.isUnwanted = true;
      const { orderId } = record;
      const write = (calls: GatewayCalls): void => {
        calls.cancelOrder(orderId);
        record.takenBackIn = gateway.session;
      };
      // Where it cannot be sent now it is when the session is there again, and what there is has been read.
      await gateway.send({ urgency: "cancel", write }).catch(() => undefined);
    }
  }

  #taken(records: readonly OrderRecord[]): OrderResponse {
    const { book, mode } = this.#options;
    const [order, ...exits] = records.map((record) => book.view(record));
    if (order === undefined || order === null)
      throw partly("the gateway took the order, and tells of it as another", null);
    if (order.status === "rejected") {
      const message = `${INTERACTIVE_BROKERS} rejected the order: ${order.reason ?? "it does not say why"}`;
      throw ibRefusal(BrokerErrorCode.ORDER_REJECTED, message, { orderId: order.orderId });
    }
    const { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt } = order;
    const message = `Order taken by ${INTERACTIVE_BROKERS} (${mode})`;
    const legs = exits.flatMap((exit) => (exit === null ? [] : legOf(exit)));
    const taken = { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt, message, mode };
    return legs.length === 0 ? taken : { ...taken, legs };
  }

  /** Of an exit that hangs on one. */
  #entryOf({ ref }: OrderRecord): OrderRecord | undefined {
    return ref.part === null || ref.part === "oco" ? undefined : this.#options.book.byRef(ref.root);
  }

  /** Orders are addressed by ids that only their own client's are safe to use. @throws BrokerError */
  #assertAddressable(record: OrderRecord, act: "cancel" | "change"): void {
    const { gateway, book, strangers } = this.#options;
    if (book.isOver(record)) throw closed(record);
    if (record.clientId === gateway.clientId && record.orderId > 0) return;
    // Another program's order can be canceled, though not changed, where no other order has the same id.
    const isAlone = !book.hasNamesake(record) && !strangers.hasOrderId(record.orderId);
    const isOurs = book.byOrderId(gateway.clientId, record.orderId) !== undefined;
    if (act === "cancel" && record.orderId > 0 && isAlone && !isOurs) return;
    const orderId = String(record.permId);
    const message = `order ${orderId} was placed in TWS or by another program: ${act} it there`;
    throw ibRefusal(BrokerErrorCode.NOT_SUPPORTED, message, { orderId });
  }
}

/** "The parent order cannot be changed": https://github.com/erdewit/ib_insync/issues/647 tells of the reverse. */
const PARENT_CHANGED = 10_341;

function isAboutParent(error: unknown): boolean {
  return error instanceof BrokerError && error.details["ibCode"] === PARENT_CHANGED;
}

const isSame = (a: OrderTerms, b: OrderTerms): boolean =>
  a.quantity === b.quantity &&
  a.price === b.price &&
  (a.trail !== undefined || a.stopPrice === b.stopPrice) &&
  a.timeInForce === b.timeInForce;

const signalOf = ({ signal }: CallOptions): { readonly signal?: AbortSignal } =>
  signal === undefined ? {} : { signal };

function legOf({ group, orderId, clientOrderId }: Order): readonly OrderLeg[] {
  return group === undefined ? [] : [{ role: group.role, orderId, clientOrderId }];
}

function closed({ permId, ended }: OrderRecord): BrokerError {
  const orderId = String(permId);
  const status = ended ?? "filled";
  return ibRefusal(BrokerErrorCode.ORDER_CLOSED, `order ${orderId} is ${status} already`, { orderId, status });
}

export function noWords({ permId }: OrderRecord): BrokerError {
  const orderId = String(permId);
  const message = `order ${orderId} is of a kind that the desk has no words for`;
  return ibRefusal(BrokerErrorCode.NOT_SUPPORTED, message, { orderId });
}

function duplicate(clientOrderId: string): BrokerError {
  const message = `the client order id ${clientOrderId} was used before: a new order needs a new one`;
  return ibRefusal(BrokerErrorCode.DUPLICATE_ORDER, message, { clientOrderId });
}

function partly(what: string, cause: unknown): BrokerError {
  const message = `${what}: what became of it is not known yet`;
  return new BrokerError(message, BrokerErrorCode.OUTCOME_UNKNOWN, INTERACTIVE_BROKERS, { cause });
}
