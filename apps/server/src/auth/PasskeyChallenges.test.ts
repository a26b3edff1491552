import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { PasskeyChallenges } from "./PasskeyChallenges.ts";

const STEP_UP = { purpose: "step_up", sessionId: "s1" } as const;

it("[SV423] a challenge is good once, for its purpose and session, within 60 s", async () => {
  const clock = new FakeClock();
  const challenges = new PasskeyChallenges(clock);
  const challenge = challenges.issue(STEP_UP);
  expect(challenge).toMatch(/^[\w-]{43}$/);
  expect(challenges.redeem(challenge, STEP_UP)).toBe(true);
  expect(challenges.redeem(challenge, STEP_UP)).toBe(false);
  for (const other of [
    { purpose: "register", sessionId: "s1" },
    { purpose: "step_up", sessionId: "s2" },
    { purpose: "sign_in" },
  ] as const) {
    const asked = challenges.issue(STEP_UP);
    expect(challenges.redeem(asked, other)).toBe(false);
    expect(challenges.redeem(asked, STEP_UP)).toBe(false);
  }
  const [early, late] = [challenges.issue(STEP_UP), challenges.issue(STEP_UP)];
  await clock.advance(59_999);
  expect(challenges.redeem(early, STEP_UP)).toBe(true);
  await clock.advance(1);
  expect(challenges.redeem(late, STEP_UP)).toBe(false);
});

it("[SV423] strangers who ask for challenges without end push the oldest out, and fill nothing", () => {
  const challenges = new PasskeyChallenges(new FakeClock());
  const issued = Array.from({ length: 10_001 }, () => challenges.issue({ purpose: "sign_in" }));
  expect(challenges.redeem(issued[0] ?? "", { purpose: "sign_in" })).toBe(false);
  expect(challenges.redeem(issued[1] ?? "", { purpose: "sign_in" })).toBe(true);
});
