import { describe, expect, it } from "vitest";
import { Bench, KEY, type OrderBody } from "../testing/Bench.ts";
import type { AccountStore } from "../../AccountStore.ts";
import { AccountStateError, readState } from "./accountState.ts";

/** What is kept, in memory. */
class MemoryStore implements AccountStore {
  readonly texts = new Map<string, string>();
  load(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  save(key: string, text: string): void {
    this.texts.set(key, text);
  }
}

const BRACKET = { order_class: "bracket", take_profit: { limit_price: "110" }, stop_loss: { stop_price: "90" } };

describe("an account that is kept", () => {
  it("[AS84] is the same in its next life: orders, groups, fills, settings", async () => {
    const store = new MemoryStore();
    const first = await Bench.open({ store });
    await first.order({ qty: "10" });
    const { body: bracket } = await first.order({ ...BRACKET, symbol: "AAPL", type: "limit", limit_price: "99" });
    await first.call("PATCH", "/v2/account/configurations", { no_shorting: true });
    const paths = [
      "/v2/orders?status=all&nested=true",
      "/v2/positions",
      "/v2/account",
      "/v2/account/activities",
      "/v2/account/configurations",
    ];
    const before = await Promise.all(paths.map(async (path) => (await first.get(path)).body));
    await first[Symbol.asyncDispose]();

    await using second = await Bench.open({ store });
    expect(await Promise.all(paths.map(async (path) => (await second.get(path)).body))).toEqual(before);
    second.feed.quote("AAPL", 98.9, 98.95);
    const now = await second.current(bracket.id, true);
    expect([now.status, ...(now.legs ?? []).map(({ status }) => status)]).toEqual(["filled", "new", "held"]);
  });

  it("[AS84] gives no id twice, though its lives begin in the same millisecond", async () => {
    const store = new MemoryStore();
    const ids = new Set<string>();
    for (let life = 0; life < 3; life += 1) {
      await using bench = await Bench.open({ store });
      ids.add((await bench.order({ type: "limit", limit_price: "90" })).body.id);
    }
    expect(ids.size).toBe(3);
  });

  it("[AS84] is kept before its answer is sent", async () => {
    const store = new MemoryStore();
    await using bench = await Bench.open({ store });
    // A request is in the journal when its answer is sent.
    const answered: number[] = [];
    const save = store.save.bind(store);
    store.save = (key, text) => {
      answered.push(bench.simulator.journal.requests("POST", "/v2/orders").length);
      save(key, text);
    };
    await bench.order({ client_order_id: "mine" });
    expect(answered).toEqual([0]);
    expect(store.load(KEY)).toContain('"mine"');
  });

  it("[AS84] what is on its way to the exchange arrives in the next life", async () => {
    const store = new MemoryStore();
    const first = await Bench.open({ store, quirks: { latencyMs: 500 } });
    const { body } = await first.order({ type: "limit", limit_price: "99" });
    await first.clock.advance(1_000);
    const { body: next } = await first.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, { limit_price: "98" });
    expect((await first.current(body.id)).status).toBe("pending_replace");
    const startAt = first.clock.now();
    await first[Symbol.asyncDispose]();

    await using second = await Bench.open({ store, startAt, quirks: { latencyMs: 500 } });
    await second.clock.advance(1_000);
    expect([(await second.current(body.id)).status, (await second.current(next.id)).status]).toEqual([
      "replaced",
      "new",
    ]);
  });

  it("[AS84] what waits for the opening goes in the next life", async () => {
    const store = new MemoryStore();
    const first = await Bench.open({ store, startAt: Date.UTC(2026, 10, 21, 17) });
    const { body } = await first.order({ ...BRACKET });
    await first[Symbol.asyncDispose]();

    await using second = await Bench.open({ store, startAt: Date.UTC(2026, 10, 23, 15) });
    second.quoteAll(900);
    const now = await second.current(body.id, true);
    expect([now.status, ...(now.legs ?? []).map(({ status }) => status)]).toEqual(["filled", "new", "held"]);
  });

  it.each(["", "{}", '{"createdAt":{"$int":"x"}}'])("[AS84] %o is no account", (text) => {
    expect(() => readState(text)).toThrow(AccountStateError);
  });
});
