import { describe, expect, it } from "vitest";
import { failureOf } from "../../testing/contract/calls.ts";
import { MemoryOrderIdStore } from "../../testing/MemoryOrderIdStore.ts";
import { FIRST_REQUEST_ID } from "../session/Gateway.ts";
import { OrderIds } from "./OrderIds.ts";

async function take(ids: OrderIds, count: number): Promise<readonly number[]> {
  await ids.keep(count);
  return Array.from({ length: count }, () => ids.next());
}

describe("OrderIds", () => {
  it("[IB29] no id is given twice, though a restarted gateway counts from before", async () => {
    const store = new MemoryOrderIdStore();
    const gateway = { clientId: 1, nextValidId: 40 };
    expect(await take(new OrderIds(gateway, store), 3)).toEqual([40, 41, 42]);
    // A new process, and a gateway whose counter fell back.
    expect(await take(new OrderIds({ clientId: 1, nextValidId: 38 }, store), 1)).toEqual([43]);
    expect(await take(new OrderIds({ clientId: 2, nextValidId: 38 }, store), 1)).toEqual([38]);
  });

  it("[IB29] a new id is beyond those of all open orders, whichever client placed them", async () => {
    const ids = new OrderIds({ clientId: 1, nextValidId: 5 }, new MemoryOrderIdStore());
    for (const seen of [-3, 0, 90, 17, FIRST_REQUEST_ID + 5]) ids.see(seen);
    expect(await take(ids, 2)).toEqual([91, 92]);
  });

  it("[IB65] ids ascend in the order of writing, whoever kept them first", async () => {
    const gateway = { clientId: 1, nextValidId: 5 };
    const ids = new OrderIds(gateway, new MemoryOrderIdStore());
    await ids.keep(2);
    await ids.keep(1);
    // The one that came last is written first, and one of the others never.
    expect([ids.next(), ids.next()]).toEqual([5, 6]);
    await ids.keep(1);
    expect(ids.next()).toBe(7);
  });

  it("[IB65] an id that the gateway has gone past meanwhile is not used: nothing is sent, and that is said", async () => {
    const ids = new OrderIds({ clientId: 1, nextValidId: 5 }, new MemoryOrderIdStore());
    await ids.keep(1);
    ids.see(5);
    expect(() => ids.next()).toThrow(expect.objectContaining({ code: "API_ERROR", outcome: "refused" }));
    await ids.keep(1);
    expect(ids.next()).toBe(6);
    await ids.keep(1);
    ids.forget();
    expect(() => ids.next()).toThrow(/nothing was sent/);
  });

  it("[IB29] where none can be kept the order is refused, and not of unknown outcome: nothing was sent", async () => {
    const ids = new OrderIds(
      { clientId: 1, nextValidId: 5 },
      { reserve: () => Promise.reject(new Error("disk full")) },
    );
    expect(await failureOf(ids.keep(1))).toMatchObject({ code: "API_ERROR", outcome: "refused" });
  });

  it("[H3] an order's id never meets a request's, nor does one that its store made up", async () => {
    const full = new OrderIds({ clientId: 1, nextValidId: FIRST_REQUEST_ID }, new MemoryOrderIdStore());
    expect(await failureOf(full.keep(1))).toMatchObject({ code: "API_ERROR", outcome: "refused" });
    for (const made of [3, Number.NaN, 7.5]) {
      const ids = new OrderIds({ clientId: 1, nextValidId: 5 }, { reserve: () => Promise.resolve(made) });
      expect(await failureOf(ids.keep(1))).toMatchObject({ outcome: "refused" });
    }
  });
});
