import type { Fixed } from "../domain/decimal.ts";
import type { TimeInForce } from "../domain/order.ts";

/** What a replacement may change; what is absent stays. */
export interface OrderChanges {
  /** The whole quantity, what is filled included. */
  readonly quantity?: Fixed | undefined;
  readonly price?: Fixed | undefined;
  readonly stopPrice?: Fixed | undefined;
  readonly timeInForce?: TimeInForce | undefined;
}

/** An order, a cancel or a replacement that has not reached the market yet (PX100, PX101). */
export type Request =
  | { readonly kind: "order"; readonly orderId: string; readonly arrivesAt: number }
  | { readonly kind: "cancel"; readonly orderId: string; readonly arrivesAt: number }
  | { readonly kind: "replace"; readonly orderId: string; readonly arrivesAt: number; readonly changes: OrderChanges };

/** Requests on their way, in the order of their arrival; those that arrive together, in the order in which they were made. */
export class InFlight {
  #requests: Request[] = [];

  get nextArrivalAt(): number {
    return this.#requests[0]?.arrivesAt ?? Number.POSITIVE_INFINITY;
  }

  get first(): Request | undefined {
    return this.#requests[0];
  }

  [Symbol.iterator](): Iterator<Request> {
    return this.#requests.values();
  }

  add(request: Request): void {
    const index = this.#requests.findIndex(({ arrivesAt }) => arrivesAt > request.arrivesAt);
    this.#requests.splice(index === -1 ? this.#requests.length : index, 0, request);
  }

  /** Takes out what is on its way for an order: everything, or the first of one kind. */
  drop(orderId: string, kind?: Request["kind"]): void {
    if (this.#requests.length === 0) return;
    if (kind === undefined) {
      this.#requests = this.#requests.filter((request) => request.orderId !== orderId);
      return;
    }
    const index = this.#requests.findIndex((request) => request.orderId === orderId && request.kind === kind);
    if (index !== -1) this.#requests.splice(index, 1);
  }
}
