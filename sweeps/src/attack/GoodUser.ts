import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import type { TestClient } from "@trenddojo/server/testing";

/** What one person saw of the desk. */
export interface Experience {
  /** Milliseconds of each call, in order. */
  readonly calls: readonly number[];
  /** Milliseconds from each order's sending to its being stored. */
  readonly orders: readonly number[];
  /** Calls that were not served. */
  readonly failures: readonly string[];
}

const LIMIT = { type: "limit", symbol: "AAPL", side: "buy", price: "1.00", timeInForce: "gtc" } as const;
/** The desk asks back about two orders of a kind within 5 s: the quantity tells the tenth of a second, up to this. */
const KINDS = 997;
/** Between two rounds of calls: a lively person. */
const ROUND_MS = 200;
/** At most one order a second: the account's own limit is 60 a minute. Odd, so that both ways in are used. */
const ROUNDS_AN_ORDER = 7;

/** Looks at the portfolio, places an order and cancels it, over HTTP and over the socket, until `signal` aborts. */
export async function tradeUntil(client: TestClient, signal: AbortSignal): Promise<Experience> {
  const clock = new SystemClock();
  const calls: number[] = [];
  const orders: number[] = [];
  const failures: string[] = [];
  const timed = async <Result>(what: string, call: () => Promise<Result>): Promise<Result | null> => {
    const start = clock.monotonic();
    try {
      return await call();
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    } finally {
      calls.push(clock.monotonic() - start);
    }
  };
  // A browser's socket stays open, for it always listens to something.
  const listening = client.api.alerts.watch.subscribe(undefined, { onData: () => undefined });
  const [account] = await client.api.accounts.list.query();
  const accountId = account?.id ?? "";
  for (let round = 0; !signal.aborted; round += 1) {
    const { api } = round % 2 === 0 ? client : { api: client.overSocket };
    await timed("accounts.portfolio", () => api.accounts.portfolio.query({ accountId }));
    if (round % ROUNDS_AN_ORDER === 0) {
      const order = { ...LIMIT, quantity: String(1 + (Math.floor(clock.monotonic() / 100) % KINDS)) };
      const idempotencyKey = randomUUID();
      const start = clock.monotonic();
      const placed = await timed("orders.place", () => api.orders.place.mutate({ accountId, idempotencyKey, order }));
      orders.push(clock.monotonic() - start);
      if (placed !== null) await timed("orders.cancel", () => api.orders.cancel.mutate({ orderId: placed.id }));
    }
    await clock.sleep(ROUND_MS, { signal }).catch(() => undefined);
  }
  listening.unsubscribe();
  return { calls, orders, failures };
}
