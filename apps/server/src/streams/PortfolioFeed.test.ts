import { FakeClock } from "@trenddojo/brokers/testing";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createHostKit } from "../testing/createHostKit.ts";
import type { Faults } from "../testing/faultyRegistry.ts";
import { PortfolioFeed } from "./PortfolioFeed.ts";
import { InProcessTickBus, subjects } from "./TickBus.ts";

let store: TestDb;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());

it("[SV114] a networked broker's answer serves everybody for 3 s, and nobody once an order has changed", async () => {
  let asked = 0;
  const faults: Faults = {};
  await using kit = await createHostKit(store.db, faults);
  const host = await kit.hosts.open(kit.target);
  faults.getPositions = (client) => (options) => {
    asked += 1;
    return client.getPositions(options);
  };
  faults.getConnectionStatus = (client) => () => {
    const status = client.getConnectionStatus();
    return { ...status, channels: { ...status.channels, rest: { state: "up", lastEvidenceAt: 1 } } };
  };
  const { id } = kit.target.account;
  const clock = new FakeClock();
  const bus = new InProcessTickBus();
  const feed = new PortfolioFeed(clock, bus);
  const read = () => feed.read(id, host.requireConnected());
  const first = await read();
  await clock.advance(2_900);
  expect([await read(), asked]).toEqual([first, 1]);
  bus.publish(subjects.holdings(id));
  await read();
  expect(asked).toBe(2);
  // What changed while it was asked may not be in the answer.
  const reading = feed.refresh(id, host.requireConnected());
  bus.publish(subjects.holdings(id));
  await reading;
  await read();
  expect(asked).toBe(4);
  await clock.advance(3_000);
  await read();
  expect(asked).toBe(5);
});
