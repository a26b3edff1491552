import { SystemRandom } from "@trenddojo/brokers";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { IdMaker } from "./IdMaker.ts";

describe("ids", () => {
  it("[ID1] are UUIDs of version 7 that sort by time, and client order ids of 30 characters with the mode in front", async () => {
    const clock = new FakeClock();
    const ids = new IdMaker(clock, new SystemRandom());
    const first = ids.uuid();
    await clock.advance(1);
    const second = ids.uuid();
    expect(z.uuidv7().safeParse(first).success).toBe(true);
    expect(first < second).toBe(true);
    for (const [mode, prefix] of [
      ["mock", "tdM-"],
      ["paper", "tdP-"],
      ["live", "tdL-"],
    ] as const) {
      expect(ids.clientOrderId(mode)).toMatch(new RegExp(`^${prefix}[0-9A-HJKMNP-TV-Z]{26}$`));
    }
  });
});
