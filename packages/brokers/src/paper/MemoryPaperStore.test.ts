import { expect, it } from "vitest";
import { MemoryPaperStore } from "./MemoryPaperStore.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { PaperJournalError } from "./PaperJournalError.ts";
import { order, paperConfig, TEN_O_CLOCK as T } from "./scenarios/fixture.ts";

it("[PX2] an account comes back from the store as it was stored", async () => {
  const store = new MemoryPaperStore();
  const exchange = PaperExchange.create(paperConfig());
  await store.append(exchange.submit(T, order({ id: "a", type: "limit", price: "99.00" })));
  await store.saveSnapshot(exchange.snapshot());
  await store.append(exchange.submit(T, order({ id: "b", type: "limit", price: "98.00" })));
  await store.append([]);

  const { snapshot, events } = await store.load();
  expect(events).toHaveLength(1);
  const restored = PaperExchange.restore(paperConfig(), snapshot, events);
  expect(restored.openOrders()).toEqual(exchange.openOrders());
  expect(restored.balances(T)).toEqual(exchange.balances(T));
});

it("[PX2] an empty store holds nothing", async () => {
  expect(await new MemoryPaperStore().load()).toEqual({ snapshot: null, events: [] });
});

it("[PX2] what does not follow is refused whole", async () => {
  const store = new MemoryPaperStore();
  const exchange = PaperExchange.create(paperConfig());
  const first = exchange.advanceTo(T);
  const second = exchange.submit(T, order({ id: "a", type: "limit", price: "99.00" }));
  const third = exchange.submit(T, order({ id: "b", type: "limit", price: "99.00" }));
  await expect(store.append(second)).rejects.toThrow(PaperJournalError);
  await store.append(first);
  await expect(store.append(first)).rejects.toThrow("event 1, due was 2");
  await expect(store.append([...second, ...second])).rejects.toThrow(PaperJournalError);
  await expect(store.append([...second, ...third].toReversed())).rejects.toThrow(PaperJournalError);
  expect((await store.load()).events).toEqual(first);
  await expect(store.saveSnapshot(exchange.snapshot())).rejects.toThrow("ahead of the journal");
});
