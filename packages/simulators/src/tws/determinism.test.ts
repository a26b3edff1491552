import { SyntheticFeed } from "@trenddojo/brokers";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { startTwsSimulator } from "./startTwsSimulator.ts";
import { RawClient } from "./testing/RawClient.ts";
import { ACCOUNT } from "./testing/TwsBench.ts";
import { limit, order, stock, VendorClient } from "./testing/VendorClient.ts";

/** Every message of a short session over invented prices. */
async function session(seed: number): Promise<readonly (readonly string[])[]> {
  const clock = new FakeClock();
  const feed = new SyntheticFeed({ clock, seed });
  await using simulator = await startTwsSimulator({ clock, feed, seed, accounts: [{ id: ACCOUNT }] });
  using watcher = await RawClient.signedIn(simulator.port, 2);
  using trader = await VendorClient.open({ simulator }, 1);
  const symbols = ["AAPL", "MSFT", "F"];
  for (const [index, symbol] of symbols.entries()) {
    watcher.ask(1, 11, index, 0, symbol, "STK", "", "", "", "", "SMART", "", "USD", "", "", 0, "", 0, 0, "");
    await watcher.settled();
    trader.api.placeOrder(2 * index + 1, stock(symbol), order());
    trader.api.placeOrder(2 * index + 2, stock(symbol), limit(1));
    await trader.settled();
    await clock.advance(1_500);
    await watcher.settled();
  }
  for (const fields of [
    [16, 1],
    [7, 3, 90, 0, "", "", "", "", "", ""],
    [61, 1],
    [6, 2, 1, ACCOUNT],
    [99, 0],
  ]) {
    watcher.ask(...fields);
    await watcher.settled();
  }
  return watcher.messages;
}

describe("the same again", () => {
  it("[TW90] same seed, same clock, same requests: the same messages; another seed, others", async () => {
    const once = await session(11);
    expect(await session(11)).toEqual(once);
    expect(await session(12)).not.toEqual(once);
    expect(once.length).toBeGreaterThan(100);
    expect(once.filter(([id]) => id === "4")).toEqual([]);
  });
});
