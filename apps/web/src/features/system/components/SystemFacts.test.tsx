import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakeClock } from "../../../testing/fakeClock.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { SystemFacts } from "./SystemFacts.tsx";

const shown = async (deskAheadMs: number) => {
  const now = fakeClock().now() + deskAheadMs;
  renderDesk(<SystemFacts />, {
    "system.info": () => ({
      version: "1.2.3",
      node: "v20.20.2",
      startedAt: new Date(now - 7_200_000).toISOString(),
      now: new Date(now).toISOString(),
      database: { kind: "embedded", survivesPowerLoss: false },
      databaseBytes: 9_740_000,
      liveTradingAllowed: false,
    }),
  });
  await screen.findByText("1.2.3");
  return (label: string) => screen.getByText(label).parentElement?.textContent ?? "";
};

test("[US7] what runs here is said: version, since when, and the database with its size and what it does not survive", async () => {
  const tile = await shown(0);
  expect(tile("Version")).toContain("on Node 20.20.2");
  expect(tile("Running for")).toContain("2 h");
  expect(tile("Database")).toMatch(/9\.7 MB.*does not survive a loss of power/);
  expect(tile("Clocks")).toContain("agree");
});

test.each([
  [65_000, "this one is 1 min behind"],
  [-10_500, "this one is 10 s ahead"],
])("[US8] a browser's clock that is off is said, and by how much: %s ms", async (deskAheadMs, words) => {
  expect((await shown(deskAheadMs))("Clocks")).toContain(words);
});
