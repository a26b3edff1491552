import type { OrderUpdateEvent } from "@trenddojo/brokers/domain";
import { limitOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../alpaca/testing/failureOf.ts";
import { TwsClientBench } from "../testing/TwsClientBench.ts";

const REST = limitOrder("AAPL", "buy", 10, 90, "mine-1");

/** A client that is connected, and everything that it is told of orders. */
async function open() {
  const bench = await TwsClientBench.open();
  const client = await bench.connected();
  const events: OrderUpdateEvent[] = [];
  await client.subscribeToOrderUpdates((event) => events.push(event));
  return {
    bench,
    client,
    events,
    wait: <Result>(work: Promise<Result>): Promise<Result> => bench.whileTimePasses(work),
    faults: bench.simulator.faults,
    /** Times that an order of this name was written and came to the gateway. */
    sent: (orderRef: string): number =>
      bench.simulator.journal.requests("placeOrder").filter((request) => request.orderRef === orderRef).length,
    statuses: () => events.map(({ order }) => order.status),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

describe("a gateway that forgets an order when it restarts", () => {
  it("[IB27] an order that a restart swallowed before it was transmitted stays of unknown outcome: no list has it, nothing is told of it, and it is not sent again", async () => {
    await using desk = await open();
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "restart", downMs: 2_000, rollBackIds: 20 } });
    expect(await desk.wait(failureOf(desk.client.placeOrder(REST)))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      outcome: "unknown",
    });
    await desk.bench.until(() => desk.client.getConnectionStatus().isHealthy, 60_000);
    for (let look = 0; look < 5; look += 1) {
      expect(await desk.wait(desk.client.getOrderByClientOrderId("mine-1"))).toBeNull();
      await desk.bench.advance(15_000);
    }
    expect([desk.sent("mine-1"), desk.events]).toEqual([1, []]);
    // Its id was never taken, and is not given to another all the same.
    await desk.wait(desk.client.placeOrder({ ...REST, clientOrderId: "mine-2" }));
    const ids = desk.bench.simulator.journal.requests("placeOrder").map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(2);
  });

  it("[IB23] an order that was taken, and that a restarted gateway has in none of its lists, is not guessed at", async () => {
    await using desk = await open();
    await desk.wait(desk.client.placeOrder(REST));
    const before = desk.statuses().length;
    const forgotten = ["openOrder", "orderStatus"].map((reply) =>
      desk.faults.add({ on: "reply", reply, times: 1_000, do: { kind: "skip" } }),
    );
    await desk.wait(desk.bench.simulator.restart());
    await desk.bench.until(() => desk.client.getConnectionStatus().isHealthy, 60_000);
    await desk.bench.advance(120_000);
    const find = () => desk.wait(desk.client.getOrderByClientOrderId("mine-1"));
    expect(await find()).toMatchObject({ status: "submitted", reason: expect.stringContaining("lists it nowhere") });
    expect([desk.statuses().slice(before), desk.sent("mine-1")]).toEqual([["submitted"], 1]);
    for (const rule of forgotten) rule[Symbol.dispose]();
    await desk.bench.advance(61_000);
    expect(await find()).toMatchObject({ status: "submitted", reason: null });
  });
});
