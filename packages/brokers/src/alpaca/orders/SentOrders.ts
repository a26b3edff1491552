/** An order that was not found by then will not come; whether it was placed is then for the desk to say. */
const LOOKED_FOR_MS = 15 * 60_000;

interface Sent {
  /** Sendings that were not refused: two may have the same id, of which one is refused as its double. */
  count: number;
  /** When the last of them began, epoch milliseconds. */
  at: number;
}

/** Client order ids that were sent, and of which it is not known whether there is such an order. */
export class SentOrders {
  readonly #sent = new Map<string, Sent>();

  /** Call it before an order is sent: its fill can arrive before its answer. */
  expect(clientOrderId: string, at: number): void {
    const count = (this.#sent.get(clientOrderId)?.count ?? 0) + 1;
    this.#sent.set(clientOrderId, { count, at });
  }

  /** One sending did nothing. */
  refused(clientOrderId: string): void {
    const sent = this.#sent.get(clientOrderId);
    if (sent === undefined) return;
    sent.count -= 1;
    if (sent.count <= 0) this.#sent.delete(clientOrderId);
  }

  /** Alpaca has told of such an order. */
  found(clientOrderId: string): void {
    this.#sent.delete(clientOrderId);
  }

  /** Those that are worth looking for. */
  unanswered(now: number): readonly string[] {
    for (const [id, { at }] of this.#sent) if (now - at > LOOKED_FOR_MS) this.#sent.delete(id);
    return [...this.#sent.keys()];
  }
}
