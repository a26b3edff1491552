import { describe, expect, it } from "vitest";
import { failureOf } from "../../testing/contract/calls.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { BarRequests } from "./BarRequests.ts";

function stage() {
  const clock = new FakeClock();
  const requests = new BarRequests<string>({ clock });
  const asked: string[] = [];
  const run = (symbol: string, key: string, options = {}): Promise<string> =>
    requests.run(symbol, key, () => Promise.resolve(`${asked.push(key)}`), options);
  return { clock, asked, run };
}

describe("the pacing of requests for bars", () => {
  it("[IB45] an identical one within 15 s is answered with what came, and not sent", async () => {
    const { clock, asked, run } = stage();
    const first = await Promise.all([run("AAPL", "a"), run("AAPL", "a")]);
    await clock.advance(14_999);
    expect([first, await run("AAPL", "a"), asked.length]).toEqual([["1", "1"], "1", 1]);
    await clock.advance(1);
    expect(await run("AAPL", "a")).toBe("2");
  });

  it("[IB45] five of one contract in two seconds, the sixth waits; another contract does not", async () => {
    const { clock, asked, run } = stage();
    for (let each = 0; each < 5; each += 1) await run("AAPL", `${each}`);
    const sixth = run("AAPL", "5");
    await run("MSFT", "m");
    expect(asked).toEqual(["0", "1", "2", "3", "4", "m"]);
    await clock.advance(2_000);
    await sixth;
    expect(asked.at(-1)).toBe("5");
  });

  it("[IB45] sixty in ten minutes; one more is refused with when to come back", async () => {
    const { clock, asked, run } = stage();
    for (let each = 0; each < 60; each += 1) await run(`S${each}`, `${each}`);
    const refused = await failureOf(run("MORE", "more"));
    expect(refused).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", details: { retryAfterMs: 600_000 } });
    await clock.advance(600_000);
    await run("MORE", "more");
    expect(asked).toHaveLength(61);
  });

  it("[IB45] what failed is asked again", async () => {
    const requests = new BarRequests<string>({ clock: new FakeClock() });
    await expect(requests.run("AAPL", "a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await requests.run("AAPL", "a", () => Promise.resolve("yes"))).toBe("yes");
  });

  it("[IB45] who stops waiting keeps nobody else from the answer", async () => {
    const { clock, run } = stage();
    for (let each = 0; each < 5; each += 1) await run("AAPL", `${each}`);
    const patience = new AbortController();
    const left = failureOf(run("AAPL", "5", { signal: patience.signal }));
    const stays = run("AAPL", "5");
    patience.abort();
    expect((await left).code).toBe("TIMEOUT");
    await clock.advance(2_000);
    expect(await stays).toBe("6");
  });
});
