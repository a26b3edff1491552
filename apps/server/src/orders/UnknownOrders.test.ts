import { orderId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { REMOTE_POLICY, TODAY_POLICY, UnknownOrders, type NotFoundPolicy } from "./UnknownOrders.ts";

const MINUTE_MS = 60_000;
/** 15:59 in New York, on a Tuesday. */
const BEFORE_CLOSE = Date.UTC(2026, 10, 24, 20, 59);
const order = (claimedAt: number | null) => ({ id: orderId("o1"), claimedAt });

/** Whether so many look-ups a minute apart that find nothing prove that an order was never placed. */
async function provesBy(policy: NotFoundPolicy, claimedAt: number | null, lookedAt: number): Promise<boolean> {
  const clock = new FakeClock(lookedAt);
  const unknown = new UnknownOrders(clock, policy);
  let isProof = false;
  for (let look = 0; look < 10 && !isProof; look += 1) {
    isProof = unknown.missed(order(claimedAt), true);
    await clock.advance(MINUTE_MS);
  }
  return isProof;
}

it("[SV525] a broker that tells its own day alone proves nothing of an order of another day, however often it is asked", async () => {
  const nextMorning = Date.UTC(2026, 10, 25, 13, 0);
  expect(await provesBy(TODAY_POLICY, BEFORE_CLOSE, BEFORE_CLOSE + 1_000)).toBe(true);
  expect(await provesBy(TODAY_POLICY, BEFORE_CLOSE, nextMorning)).toBe(false);
  expect(await provesBy(TODAY_POLICY, null, BEFORE_CLOSE)).toBe(false);
  // One whose books go back does.
  expect(await provesBy(REMOTE_POLICY, BEFORE_CLOSE, nextMorning)).toBe(true);
});

it("[SV525] nor does what it was asked before midnight count after it", async () => {
  const clock = new FakeClock(Date.UTC(2026, 10, 25, 4, 57));
  const unknown = new UnknownOrders(clock, TODAY_POLICY);
  for (let look = 0; look < 4; look += 1) {
    expect(unknown.missed(order(BEFORE_CLOSE), true)).toBe(false);
    await clock.advance(MINUTE_MS);
  }
  expect(unknown.missed(order(BEFORE_CLOSE), true)).toBe(false);
});
