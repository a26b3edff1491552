/**
 * Hints between the parts of the desk and, on more than one machine, between its nodes: something under this subject
 * has changed, look. Postgres is the truth; losing every hint may cost latency, never an order.
 */
export interface TickBus {
  publish(subject: string): void;
  /** Calls `listener` after each publication from now on. It must not throw. */
  subscribe(subject: string, listener: () => void): () => void;
}

/** The subjects in use. */
export const subjects = {
  /** Order events of a user were committed. */
  orderEvents: (userId: string) => `order-events.${userId}`,
  /** Something became of one order. */
  order: (orderId: string) => `order.${orderId}`,
  /** Something happened to an account without an order, and is in the audit log. */
  accountEvents: (accountId: string) => `account-events.${accountId}`,
  /** A connection of a user changed in any way that a screen shows. */
  connections: (userId: string) => `connections.${userId}`,
  /** A user's trading state changed, or what is known of the halt that lasts. */
  tradingState: (userId: string) => `trading-state.${userId}`,
  /** An account of real money of a user was armed, used or disarmed. */
  liveArming: (userId: string) => `live-arming.${userId}`,
  /** What an account holds may have changed. */
  holdings: (accountId: string) => `holdings.${accountId}`,
  /** An alert of a user was raised, recovered or acknowledged. */
  alerts: (userId: string) => `alerts.${userId}`,
  /** The same of any user: for what delivers them. */
  anyAlerts: "alerts",
} as const;

/** The bus of a single process: listeners run at once, in the order they came. */
export class InProcessTickBus implements TickBus {
  readonly #listeners = new Map<string, Set<() => void>>();

  publish(subject: string): void {
    for (const listener of this.#listeners.get(subject) ?? []) listener();
  }

  subscribe(subject: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(subject) ?? new Set();
    // A wrapper of its own, so that one function can listen twice.
    const own = (): void => listener();
    this.#listeners.set(subject, listeners.add(own));
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(subject) === listeners) this.#listeners.delete(subject);
    };
  }
}
