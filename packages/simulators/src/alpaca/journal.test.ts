import { describe, expect, it } from "vitest";
import type { JournalEntry } from "./SimulatorJournal.ts";
import { Bench, KEY } from "./testing/Bench.ts";

/** The journal in short: what happened, to whom. */
const storyOf = (entries: readonly JournalEntry[]): readonly string[] =>
  entries.map((entry) => {
    if (entry.kind === "order") return `${entry.event} ${entry.clientOrderId}`;
    return entry.kind === "request" ? `${entry.method} ${entry.path} ${entry.status}` : entry.event;
  });

describe("the journal", () => {
  it("[AS86] has an order and its executions before the answer that tells of them, with their terms", async () => {
    const written: JournalEntry[] = [];
    await using bench = await Bench.open({ journal: { append: (entry) => written.push(entry) } });
    const { body } = await bench.order({ qty: "10", client_order_id: "mine" });
    expect(storyOf(written)).toEqual(["taken mine", "new mine", "fill mine", "POST /v2/orders 200"]);
    const { accountNumber: account } = bench.simulator.account(KEY);
    const [taken, , fill, request] = written;
    expect(taken).toMatchObject({ kind: "order", key: KEY, account, id: body.id, at: bench.clock.now(), order: body });
    expect(fill).toMatchObject({ execution: { qty: "10", price: "100.02" }, order: { status: "filled" } });
    expect(request).toMatchObject({ body: { client_order_id: "mine", qty: "10" } });
    expect(bench.simulator.journal.entries).toEqual(written);
  });

  it("[AS86] has an order whose answer was lost, and tells of a refusal why", async () => {
    await using bench = await Bench.open();
    const { faults, journal } = bench.simulator;
    faults.add({ on: "request", method: "POST", path: "/v2/orders", do: { kind: "drop", when: "after" } });
    await expect(bench.order({ client_order_id: "lost" })).rejects.toThrow("fetch failed");
    await bench.order({ symbol: "NOPE" });
    expect(storyOf(journal.entries)).toEqual([
      "taken lost",
      "new lost",
      "fill lost",
      "POST /v2/orders null",
      "POST /v2/orders 422",
    ]);
    expect(journal.entries.at(-1)).toMatchObject({ error: expect.stringContaining('asset \\"NOPE\\" not found') });
  });

  it("[AS86] has replacements, cancels, and the end of a leg of which the vendor says nothing", async () => {
    await using bench = await Bench.open();
    const { journal } = bench.simulator;
    const { body: first } = await bench.order({ type: "limit", limit_price: "99", client_order_id: "first" });
    const changes = { limit_price: "98", client_order_id: "second" };
    const { body: second } = await bench.call<typeof first>("PATCH", `/v2/orders/${first.id}`, changes);
    await bench.call("DELETE", `/v2/orders/${second.id}`);
    const stories = ["taken first", "new first", "taken second", "replaced first", "new second", "canceled second"];
    expect(storyOf(journal.orders())).toEqual(stories);
    expect(journal.orders()[2]?.order).toMatchObject({ replaces: first.id, limit_price: "98" });

    const { body: bracket } = await bench.order({
      type: "limit",
      limit_price: "99",
      order_class: "bracket",
      take_profit: { limit_price: "110" },
      stop_loss: { stop_price: "90" },
    });
    const seen = journal.orders().length;
    await bench.call("DELETE", `/v2/orders/${bracket.id}`);
    const ended = journal.orders().slice(seen);
    expect(ended.map(({ event }) => event)).toEqual(["canceled", "canceled", "canceled"]);
    expect(new Set(ended.map(({ id }) => id))).toEqual(
      new Set([bracket.id, ...(bracket.legs ?? []).map(({ id }) => id)]),
    );
  });
});
