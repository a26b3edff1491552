import { SyntheticFeed } from "@trenddojo/brokers";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { startAlpacaSimulator } from "./startAlpacaSimulator.ts";
import { KEY, SECRET } from "./testing/Bench.ts";

/** Every byte of a short session over invented prices. */
async function session(seed: number): Promise<readonly string[]> {
  const clock = new FakeClock();
  const feed = new SyntheticFeed({ clock, seed });
  await using simulator = await startAlpacaSimulator({ clock, feed, seed, accounts: [{ key: KEY, secret: SECRET }] });
  const said: string[] = [];
  const call = async (method: string, path: string, body?: object): Promise<void> => {
    const answer = await fetch(simulator.endpoints.trading + path, {
      method,
      headers: { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    said.push(`${answer.status} ${answer.headers.get("X-Request-ID")} ${await answer.text()}`);
  };
  for (const symbol of ["AAPL", "MSFT", "F"]) {
    await call("POST", "/v2/orders", { symbol, qty: "7", side: "buy", type: "market", time_in_force: "day" });
    await clock.advance(1_500);
  }
  for (const path of [
    "/v2/orders?status=all",
    "/v2/positions",
    "/v2/account",
    "/v2/account/activities",
    "/v2/stocks/AAPL/trades?feed=iex",
  ]) {
    await call("GET", path);
  }
  return said;
}

describe("the same again", () => {
  it("[AS85] same seed, same clock, same requests: the same bytes; another seed, others", async () => {
    const once = await session(11);
    expect(await session(11)).toEqual(once);
    expect(await session(12)).not.toEqual(once);
    expect(once.every((text) => /^20[07] /.test(text))).toBe(true);
  });
});
