import { BrokerError } from "../../BrokerError.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import type { OrderIdStore } from "../OrderIdStore.ts";
import type { Gateway } from "../session/Gateway.ts";
import { FIRST_REQUEST_ID } from "../session/Gateway.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ibRefusal } from "../ibRefusal.ts";

/** Gives each order its id: never one that was given before, whatever a restarted gateway says (its own counter falls back). */
export class OrderIds {
  readonly #gateway: Pick<Gateway, "clientId" | "nextValidId">;
  readonly #store: OrderIdStore;
  /** The greatest that any order of the account was listed with, or that was used here. */
  #seen = 0;
  /** Kept, and not used yet: ascending. */
  #kept: readonly number[] = [];

  constructor(gateway: Pick<Gateway, "clientId" | "nextValidId">, store: OrderIdStore) {
    this.#gateway = gateway;
    this.#store = store;
  }

  /** An id after which new ones have to come: that of an open order, whichever client placed it. */
  see(orderId: number): void {
    if (orderId > this.#seen && orderId < FIRST_REQUEST_ID) this.#seen = orderId;
  }

  /** So many more can be used. @throws BrokerError API_ERROR where none could be kept, or none is left below those of requests */
  async keep(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const atLeast = this.#least();
      const id = await this.#store.reserve(this.#gateway.clientId, atLeast).catch((cause: unknown) => {
        throw notKept(cause);
      });
      if (!Number.isSafeInteger(id) || id < atLeast || id >= FIRST_REQUEST_ID) throw noIds(id);
      this.#kept = [...this.#kept, id].toSorted((a, b) => a - b);
    }
  }

  /**
   * The smallest that was kept, whoever kept it. To be called in the tick in which it is written: a gateway refuses an order
   * whose id is not beyond all that it has heard, and orders overtake each other on their way to the wire.
   * @throws BrokerError API_ERROR where those that were kept are of no use any more
   */
  next(): number {
    const least = this.#least();
    const [id, ...left] = this.#kept.filter((each) => each >= least);
    if (id === undefined) throw outdated();
    this.#kept = left;
    this.#seen = id;
    return id;
  }

  /** The session is over: what was kept for it is skipped. */
  forget(): void {
    this.#kept = [];
  }

  #least(): number {
    return Math.max(this.#gateway.nextValidId, this.#seen + 1, 1);
  }
}

/** Nothing was written yet, so this is no silence. */
function notKept(cause: unknown): Error {
  const message = "Interactive Brokers: no order id could be kept, so nothing was sent; the order can be placed again";
  return new BrokerError(message, BrokerErrorCode.API_ERROR, INTERACTIVE_BROKERS, { cause, outcome: "refused" });
}

function outdated(): Error {
  const message =
    "Interactive Brokers gave away the order ids that were meant for it, so nothing was sent; place it again";
  return ibRefusal(BrokerErrorCode.API_ERROR, message);
}

function noIds(id: number) {
  const message = `no order id can be had (${id}): reset the API order id sequence in the gateway's settings`;
  return ibRefusal(BrokerErrorCode.API_ERROR, message);
}
