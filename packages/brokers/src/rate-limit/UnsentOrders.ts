interface Ticket {
  readonly clientOrderId: string;
  readonly caller: AbortController;
}

/** An order on its way to the wire's queue. */
export interface UnsentOrder {
  /** Aborts when it is taken back: what it waits for is not needed any more. */
  readonly signal: AbortSignal;
  /** In the tick in which it is handed over, or given up. @returns false when it was taken back. */
  handOver(): boolean;
}

/**
 * Orders that are judged and not handed to the wire's queue yet: a cancel takes them back here. Several may have the
 * same client order id; each has a ticket of its own.
 */
export class UnsentOrders {
  readonly #tickets = new Set<Ticket>();

  begin(clientOrderId: string): UnsentOrder {
    const ticket: Ticket = { clientOrderId, caller: new AbortController() };
    this.#tickets.add(ticket);
    return { signal: ticket.caller.signal, handOver: () => this.#tickets.delete(ticket) };
  }

  /** @returns true where there was one. */
  withdraw(clientOrderId: string): boolean {
    const found = [...this.#tickets].filter((ticket) => ticket.clientOrderId === clientOrderId);
    for (const ticket of found) {
      this.#tickets.delete(ticket);
      ticket.caller.abort();
    }
    return found.length > 0;
  }
}
