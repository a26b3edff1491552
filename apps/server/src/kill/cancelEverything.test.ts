import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { cancelEverything } from "./cancelEverything.ts";

/** A broker whose order stays open whatever it is asked, and what happened in which order. */
function kit(lasts: readonly boolean[]) {
  const clock = new FakeClock(0);
  const told: string[] = [];
  let look = 0;
  const parts = {
    clock,
    client: {
      cancelAllOrders: () => Promise.resolve(told.push("cancel")),
      getOpenOrders: () => Promise.resolve([]),
    },
    isLasting: () => Promise.resolve(lasts[look++] ?? false),
    withdrawUnsent: () => Promise.resolve(void told.push("withdraw")),
    countUnresolved: () => Promise.resolve(1),
    pursue: () => void told.push("pursue"),
    onProgress: () => void told.push("progress"),
  };
  return { clock, told, done: cancelEverything(parts, new AbortController().signal) };
}

describe("canceling everything", () => {
  it("[SV79] asks for nothing once the halt has ended", async () => {
    const { told, done } = kit([false]);
    await done;
    expect(told).toEqual([]);
  });

  it("[SV78] takes back what was not sent before each request, until the halt ends", async () => {
    const { clock, told, done } = kit([true, true, false]);
    const ended = done.then(() => told.push("end"));
    while (told.at(-1) !== "end") await clock.advance(100);
    await ended;
    const look = ["withdraw", "cancel", "progress", "pursue"];
    expect(told).toEqual([...look, ...look, "end"]);
  });
});
