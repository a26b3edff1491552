import { limitOrder, marketOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { ClientBench } from "../testing/ClientBench.ts";
import { failureOf } from "../testing/failureOf.ts";

const REQUESTS_A_MINUTE = 60;
/** Of 60, nine tenths; of those, a fifth is kept for cancels. */
const SPENDABLE = 54;
const ORDER = limitOrder("AAPL", "buy", 1, 90, "mine");

type Client = Awaited<ReturnType<ClientBench["connected"]>>;

/** Asks until the minute has nothing left but what is kept for cancels. @returns the refusal of the first that was one too many */
async function spendReads(client: Client): Promise<unknown> {
  for (let count = 0; count < REQUESTS_A_MINUTE; count += 1) {
    const refusal = await client.getOrderByClientOrderId("none").then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal !== null) return refusal;
  }
  return null;
}

const answered = (bench: ClientBench): readonly (number | null)[] =>
  bench.simulator.journal.entries.flatMap((entry) =>
    entry.kind === "request" && !entry.path.startsWith("/v2/stocks") ? [entry.status] : [],
  );

function waiting(client: Client): number {
  const [budget] = client.getConnectionStatus().budget ?? [];
  return Object.values(budget?.queued ?? {}).reduce((sum, count) => sum + count, 0);
}

describe("the request budget", () => {
  it("[RL3] with the minute spent, a cancel goes at once, and Alpaca never has to refuse anything", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: REQUESTS_A_MINUTE });
    const client = await bench.connected();
    const { orderId } = await client.placeOrder(ORDER);
    expect(await spendReads(client)).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      details: { unsent: "waited", limit: REQUESTS_A_MINUTE },
    });
    expect(await client.cancelOrder(orderId)).toBe(true);
    expect(answered(bench).length).toBeLessThanOrEqual(SPENDABLE);
    expect(answered(bench)).not.toContain(429);
  });

  it("[RL3] [AL31] with the minute spent, an order that closes a position goes, with all that the rules ask for it", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: REQUESTS_A_MINUTE });
    const client = await bench.connected();
    await client.placeOrder(marketOrder("AAPL", "buy", 1, "open"));
    await bench.advance(1_000);
    expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "1" }]);
    await spendReads(client);
    await bench.advance(2_000);
    await bench.quote("AAPL", 100, 100.02);
    expect(await failureOf(client.placeOrder(ORDER))).toMatchObject({ details: { unsent: "waited" } });
    const amount = { symbol: "AAPL", side: "buy", type: "market", notional: "50", clientOrderId: "amount" } as const;
    expect(await failureOf(client.placeOrder(amount))).toMatchObject({ details: { unsent: "waited" } });
    expect(await client.placeOrder(marketOrder("AAPL", "sell", 1, "close"))).toMatchObject({ clientOrderId: "close" });
    expect(answered(bench).length).toBeLessThanOrEqual(SPENDABLE);
    expect(answered(bench)).not.toContain(429);
  });

  it("[RL5] a new order that must wait too long is refused before it is sent, and nobody has to look for it", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: REQUESTS_A_MINUTE });
    const client = await bench.connected();
    await spendReads(client);
    const refusal = await failureOf(client.placeOrder(ORDER));
    expect(refusal).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", outcome: "refused", details: { unsent: "waited" } });
    expect(bench.simulator.journal.requests("POST", "/v2/orders")).toEqual([]);
    // The minute, and the second that is left to chance.
    await bench.advance(61_500);
    await bench.quote("AAPL", 100, 100.02);
    expect(await client.placeOrder(ORDER)).toMatchObject({ clientOrderId: "mine", status: "submitted" });
  });

  it("[RL6] another client of the same keys may spend it, and is seen in what Alpaca tells", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: REQUESTS_A_MINUTE });
    const [first, second] = [await bench.connected(), await bench.connected()];
    await spendReads(first);
    await spendReads(second);
    expect(answered(bench)).not.toContain(429);
    expect(answered(bench).length).toBeLessThanOrEqual(SPENDABLE);
    const [budget] = second.getConnectionStatus().budget ?? [];
    expect(budget).toMatchObject({ host: "trading", limit: REQUESTS_A_MINUTE });
  });

  it("[RL6] 429 is waited out until the reset that Alpaca tells, and not asked again before", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const resetAt = bench.clock.now() + 20_000;
    const headers = {
      "X-RateLimit-Limit": "200",
      "X-RateLimit-Remaining": "0",
      "X-RateLimit-Reset": String(Math.ceil(resetAt / 1_000)),
    };
    bench.simulator.faults.add({
      on: "request",
      method: "GET",
      path: "/v2/orders:by_client_order_id",
      do: { kind: "answer", when: "before", status: 429, body: "too many requests", withRateLimit: false, headers },
    });
    expect(await failureOf(client.getOrderByClientOrderId("none"))).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    const asked = answered(bench).length;
    expect(await failureOf(client.getOrderByClientOrderId("none"))).toMatchObject({ details: { unsent: "waited" } });
    await bench.advance(14_000);
    const asking = client.getOrderByClientOrderId("none");
    await bench.advance(5_000);
    expect(answered(bench)).toHaveLength(asked);
    await bench.advance(2_500);
    expect(await asking).toBeNull();
  });

  it("[RL9] an order that waits for its turn is taken back by its client order id, and never reaches Alpaca", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: REQUESTS_A_MINUTE });
    const client = await bench.connected();
    await spendReads(client);
    // Long enough to wait for the next minute, which is near: what the rules need to know of the account waits first.
    await bench.advance(57_500);
    const placing = failureOf(client.placeOrder(ORDER));
    await bench.settle();
    expect(waiting(client)).toBeGreaterThan(0);
    expect(client.withdrawOrder("mine")).toBe(true);
    expect(await placing).toMatchObject({ code: "ORDER_CLOSED", outcome: "refused", details: { unsent: "withdrawn" } });
    await bench.advance(10_000);
    expect(bench.simulator.journal.requests("POST", "/v2/orders")).toEqual([]);
    expect(await client.getOrderByClientOrderId("mine")).toBeNull();
  });
});
