/**
 * Orders of the login's other accounts. They are no business of this connection, but their ids are in the gateway's one
 * space: what is asked of an id may mean theirs.
 */
export class Strangers {
  /** Order ids by `permId`: of a status alone nobody sees whose it is. */
  readonly #orderIds = new Map<number, number>();

  /** @param orderId null where it is not said */
  see(permId: number, orderId: number | null): void {
    this.#orderIds.set(permId, orderId ?? this.#orderIds.get(permId) ?? 0);
  }

  has(permId: number): boolean {
    return this.#orderIds.has(permId);
  }

  hasOrderId(orderId: number): boolean {
    return [...this.#orderIds.values()].includes(orderId);
  }

  /** The session is over: the next one tells of them anew. */
  clear(): void {
    this.#orderIds.clear();
  }
}
