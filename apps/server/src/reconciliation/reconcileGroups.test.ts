import { BrokerError } from "@trenddojo/brokers";
import { clientOrderId, orderId, venueOrderId, type Order } from "@trenddojo/brokers/domain";
import { audit, orders } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { booksOf, createJournalKit, toldBracket, toldOrder } from "../testing/createJournalKit.ts";
import { reconcileAccount } from "./reconcileAccount.ts";
import type { OrderBooks } from "./ReconcileParts.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

const reconcile = (books: OrderBooks, scope: "recent" | "open" = "open") =>
  reconcileAccount(kit.reconcileParts(books), scope);
const names = ["", "-tp", "-sl"];
const group = (name: string) => Promise.all(names.map((suffix) => kit.row(`${name}${suffix}`)));
const byVenueId = (id: string) => orders.findByVenueOrderId(kit.db, kit.account.id, venueOrderId(id));

describe("groups at a broker that names their exits itself", () => {
  it("[RC3] their legs are found by their places, in whatever order they are told", async () => {
    await kit.send(kit.bracket("a"));
    await reconcile(booksOf(toldBracket("a").toReversed()));
    expect(await group("a")).toMatchObject([
      { state: "WORKING", venueOrderId: "v-a" },
      { state: "WORKING", venueOrderId: "v-a-1", isHeld: true },
      { state: "WORKING", venueOrderId: "v-a-2", isHeld: true },
    ]);
    expect(await orders.listOpen(kit.db, kit.account.id)).toHaveLength(3);
  });

  it("[RC4] while the entry is on the wire its exits are nobody's; once it is found they are its legs", async () => {
    await kit.send(kit.bracket("b"));
    const [entry, profit, stop] = toldBracket("b");
    {
      using _underWay = kit.inFlight.begin(orderId("b"));
      await reconcile(booksOf([profit, stop], { closed: [entry] }));
      expect(await byVenueId("v-b-1")).toBeNull();
      expect((await group("b")).slice(1).map(({ state }) => state)).toEqual(["SENDING", "SENDING"]);
    }
    // The entry was filled at once, so that only its exits are open.
    const filled: Order = { ...entry, status: "filled", filledQuantity: entry.quantity };
    await reconcile(booksOf([profit, stop], { closed: [filled] }));
    expect(await group("b")).toMatchObject([
      { state: "FILLED", venueOrderId: "v-b" },
      { state: "WORKING", venueOrderId: "v-b-1" },
      { state: "WORKING", venueOrderId: "v-b-2" },
    ]);
  });

  it("[RC4] a leg's look-up proves nothing: the group is given up with its entry, all at once", async () => {
    await kit.send(kit.bracket("c"));
    const asked = new Set<string>();
    const parts = kit.reconcileParts({
      ...booksOf([]),
      getOrderByClientOrderId(id) {
        asked.add(id);
        return Promise.resolve(null);
      },
    });
    for (let look = 0; look < 5; look += 1) {
      expect(new Set((await group("c")).map(({ state }) => state)).size).toBe(1);
      await reconcileAccount(parts, "open");
      await kit.clock.advance(10_000);
    }
    expect((await group("c")).map(({ state }) => state)).toEqual(["NOT_PLACED", "NOT_PLACED", "NOT_PLACED"]);
    expect([...asked]).not.toContain("tdM-c-tp");
    // A zombie: it was there after all.
    await reconcile(booksOf(toldBracket("c")));
    expect((await group("c")).map(({ state }) => state)).toEqual(["WORKING", "WORKING", "WORKING"]);
  });

  it("[RC6] a leg that is over and that its broker does not know by our id is found in the history", async () => {
    await kit.send(kit.bracket("d"));
    const told = toldBracket("d");
    await reconcile(booksOf(told));
    const closed = told.map((order): Order => ({ ...order, status: "canceled", reason: "by hand" }));
    await reconcile(booksOf([], { closed }));
    expect(await group("d")).toMatchObject([{ state: "CANCELED" }, { state: "CANCELED" }, { state: "CANCELED" }]);
    const { entries } = await audit.page(kit.db, {
      userId: kit.account.userId,
      chains: [`account:${kit.account.id}`],
      limit: 100,
    });
    expect(entries.filter(({ action }) => action === "order.missing")).toEqual([]);
  });

  it("[RC4] a broker that cannot be asked for the entry leaves the group as it is", async () => {
    await kit.send(kit.bracket("e"));
    const [, profit] = toldBracket("e");
    const books: OrderBooks = {
      ...booksOf([profit]),
      getOrderByClientOrderId: () => Promise.reject(new BrokerError("no answer", "TIMEOUT", "Mock")),
    };
    await expect(reconcile(books)).rejects.toMatchObject({ code: "TIMEOUT" });
    expect((await group("e")).map(({ state }) => state)).toEqual(["SENDING", "SENDING", "SENDING"]);
    expect(await byVenueId("v-e-1")).toBeNull();
    // Until the entry is found or given up, a group in the same symbol may be ours; one in another is not.
    const elsewhere: Order = {
      ...profit,
      orderId: venueOrderId("v-z"),
      clientOrderId: clientOrderId("z"),
      symbol: "MSFT",
      group: { id: "v-z", role: "take_profit" },
    };
    await reconcile(booksOf([profit, elsewhere]));
    expect([await byVenueId("v-e-1"), (await byVenueId("v-z"))?.orderClass]).toEqual([null, "oco"]);
    const ended = toldBracket("e").map((order): Order => ({ ...order, status: "canceled" }));
    await reconcile(booksOf([], { closed: ended }), "recent");
  });
});

describe("groups that were placed elsewhere", () => {
  it("[RC5] are stored with their places, and again nothing new", async () => {
    const told = toldBracket("x");
    await reconcile(booksOf(told));
    await reconcile(booksOf(told));
    const entry = await byVenueId("v-x");
    expect(entry).toMatchObject({ origin: "external", orderClass: "bracket", groupRole: "entry", leaderId: null });
    const all = await orders.listGroup(kit.db, entry?.id ?? orderId("none"));
    expect(all).toHaveLength(3);
    expect(Object.fromEntries(all.map(({ groupRole, isHeld }) => [groupRole, isHeld]))).toEqual({
      entry: false,
      stop_loss: true,
      take_profit: true,
    });
  });

  it("[RC5] whose entry is over are led by the first exit; a third order in a place is a simple one", async () => {
    const [, profit, stop] = toldBracket("y");
    const working = [profit, stop].map(({ isHeld: _held, ...order }): Order => order);
    await reconcile(booksOf(working));
    const leader = await byVenueId("v-y-1");
    expect(leader).toMatchObject({ orderClass: "bracket", groupRole: "take_profit", leaderId: null });
    expect(await byVenueId("v-y-2")).toMatchObject({ groupRole: "stop_loss", leaderId: leader?.id });
    const another = toldOrder("y-3", { side: "sell", group: { id: "v-y", role: "stop_loss" } });
    await reconcile(booksOf([...working, another]));
    expect(await byVenueId("v-y-3")).toMatchObject({ origin: "external", orderClass: null, leaderId: null });
  });
});
