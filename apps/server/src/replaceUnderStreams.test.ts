import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { keyedRegistry } from "./testing/keyedRegistry.ts";
import { until } from "./testing/until.ts";
import type { OrderEventView } from "./wire/orders.ts";

const [FIRST, SECOND] = ["first", "second"].map((name) => ({
  keyId: "KEY00000000000000001",
  secretKey: `${name}:8fQz7Lk2Vx0WmR`,
}));
const ROUNDS = 4;

it("[SV555] streams that are open while keys are replaced go on: prices come again, and no event of an order is missed", async () => {
  const accounts = new Map([FIRST, SECOND].map((keys) => [keys?.secretKey ?? "", "PA1"]));
  /** An order that is under way when the keys change. */
  let onPlace: () => Promise<void> = () => Promise.resolve();
  const venue = { accounts, open: new Set<string>(), onPlace: () => onPlace() };
  await using kit = await createManualDesk({ wrapRegistry: keyedRegistry(venue) });
  const { api, feed } = kit;
  const facts = { broker: "alpaca", mode: "paper", label: "Alpaca", credentials: { ...FIRST } } as const;
  const { id: connectionId } = await api.brokers.add.mutate(facts);
  const account = (await api.accounts.list.query()).find((each) => each.connectionId === connectionId);
  const accountId = account?.id ?? "";
  let shares = 0;
  const place = () => {
    // The same order twice within seconds is refused.
    shares += 1;
    const order = { type: "market", symbol: "AAPL", side: "buy", quantity: `${shares}`, timeInForce: "day" } as const;
    return api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order });
  };
  const ready = () =>
    until("the connection", async () => {
      const view = (await api.brokers.list.query()).find(({ id }) => id === connectionId);
      return view?.status.state === "connected" && view.reconciledAt !== null;
    });
  await ready();

  const events: OrderEventView[] = [];
  const bids: number[] = [];
  const ended: string[] = [];
  const ends = (name: string) => ({
    onError: (error: unknown) => void ended.push(`${name}: ${String(error)}`),
    onComplete: () => void ended.push(name),
  });
  let started = 0;
  const onStarted = () => void (started += 1);
  api.orders.events.subscribe({}, { onStarted, onData: ({ data }) => void events.push(data), ...ends("orders") });
  api.marketData.quotes.subscribe(
    { connectionId, symbols: ["AAPL"] },
    { onStarted, onData: (batch) => void bids.push(...batch.quotes.map(([, bid]) => bid ?? 0)), ...ends("quotes") },
  );
  await until("both streams", () => started === 2);
  await until("a price", () => bids.length > 0);

  const placed: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const answers: (() => void)[] = [];
    const answered = new Promise<void>((resolve) => answers.push(resolve));
    let asked = 0;
    onPlace = () => {
      asked += 1;
      return answered;
    };
    placed.push((await place()).id);
    await until("the request", () => asked === 1);
    const replaced = api.brokers.replaceCredentials.mutate({
      connectionId,
      credentials: { ...(round % 2 === 1 ? SECOND : FIRST) },
    });
    onPlace = () => Promise.resolve();
    for (const answer of answers) answer();
    await replaced;
    await ready();
    const bid = 100 + round;
    feed.quote("AAPL", bid, bid + 0.02);
    await until("the new price", () => bids.at(-1) === bid);
    placed.push((await place()).id);
    for (const id of placed.slice(-2)) await kit.untilState(id, "FILLED");
  }
  expect(ended).toEqual([]);
  const stored = await Promise.all(placed.map(async (id) => (await kit.detail(id)).events.length));
  const total = stored.reduce((sum, count) => sum + count, 0);
  await until("the last event", () => events.length >= total);
  const [first] = events;
  expect(events.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: total }, (_, index) => (first?.sequence ?? 0) + index),
  );
});
