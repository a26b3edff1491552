import type { CallOptions } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { toBrokerError } from "../IBErrors.ts";
import type { Answering, Gateway } from "../session/Gateway.ts";
import { saysReadOnly } from "../session/saysReadOnly.ts";
import type { OrderBook } from "./OrderBook.ts";
import { SharedRounds } from "./SharedRounds.ts";

/**
 * Asks the gateway for its lists of orders and executions; what they have goes to the book as everything else does, and is
 * there when the asking resolves. Open orders are those of the whole account, whoever placed them.
 */
export class OrderSync {
  readonly #gateway: Gateway;
  readonly #book: OrderBook;
  readonly #open: SharedRounds<ReadonlySet<number>>;
  readonly #completed: SharedRounds<ReadonlySet<number>>;
  readonly #executions: SharedRounds<void>;

  constructor(gateway: Gateway, book: OrderBook) {
    this.#gateway = gateway;
    this.#book = book;
    this.#open = new SharedRounds(() => this.#askOpen());
    this.#completed = new SharedRounds(() => this.#askCompleted());
    this.#executions = new SharedRounds(() => this.#askExecutions());
  }

  /** @returns their `permId`s. @throws BrokerError */
  open(options: CallOptions = {}): Promise<ReadonlySet<number>> {
    return waitFor(INTERACTIVE_BROKERS, this.#open.run(), options, "refused");
  }

  /** Those that have ended today. @returns their `permId`s. @throws BrokerError */
  completed(options: CallOptions = {}): Promise<ReadonlySet<number>> {
    return waitFor(INTERACTIVE_BROKERS, this.#completed.run(), options, "refused");
  }

  /** Those of today. @throws BrokerError */
  executions(options: CallOptions = {}): Promise<void> {
    return waitFor(INTERACTIVE_BROKERS, this.#executions.run(), options, "refused");
  }

  /**
   * All that the gateway has. An order that was open here and is in none of its lists is marked as lost: what became of it
   * is not known, and not guessed. @throws BrokerError
   */
  async all(options: CallOptions = {}): Promise<void> {
    const before = this.#book.openRecords();
    const open = await this.open(options);
    const completed = await this.completed(options);
    await this.executions(options);
    const isGone = (permId: number | null): boolean => permId !== null && !open.has(permId) && !completed.has(permId);
    const still = new Set(this.#book.openRecords());
    this.#book.markLost(before.filter((record) => isGone(record.permId) && still.has(record)));
  }

  #askOpen(): Promise<ReadonlySet<number>> {
    return this.#gateway.ask<ReadonlySet<number>>({
      what: "the open orders",
      urgency: LISTS,
      lane: "open orders",
      write: (calls) => void calls.reqAllOpenOrders(),
      listen: (answer) => {
        const found = new Set<number>();
        hearReadOnly(answer, "the open orders");
        answer.on("openOrder", (_orderId, _contract, { permId }) => void (permId !== undefined && found.add(permId)));
        answer.on("openOrderEnd", () => answer.end(found));
      },
    });
  }

  #askCompleted(): Promise<ReadonlySet<number>> {
    return this.#gateway.ask<ReadonlySet<number>>({
      what: "the completed orders",
      urgency: LISTS,
      lane: "completed orders",
      write: (calls) => void calls.reqCompletedOrders(false),
      listen: (answer) => {
        const found = new Set<number>();
        hearReadOnly(answer, "the completed orders");
        answer.on("completedOrder", (_contract, { permId }) => void (permId !== undefined && found.add(permId)));
        answer.on("completedOrdersEnd", () => answer.end(found));
      },
    });
  }

  #askExecutions(): Promise<void> {
    return this.#gateway.ask<void>({
      what: "the executions",
      urgency: LISTS,
      write: (calls, requestId) => void calls.reqExecutions(requestId, { acctCode: this.#gateway.accountId }),
      listen: (answer) => answer.on("execDetailsEnd", (id) => void (id === answer.requestId && answer.end())),
    });
  }
}

/** Such a gateway does not tell of orders, and says why under no request's number. */
function hearReadOnly({ on, fail }: Answering<ReadonlySet<number>>, what: string): void {
  on("notice", (notice) => void (saysReadOnly(notice) && fail(toBrokerError(notice, what))));
  on("error", (error) => void (saysReadOnly(error) && fail(toBrokerError(error, what))));
}

/** They tell what became of orders, so they go before new ones. */
const LISTS: Urgency = "lookup";
