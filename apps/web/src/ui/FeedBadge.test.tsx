import { act, screen } from "@testing-library/react";
import type { QuoteBatch } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aTuple } from "../testing/builders.ts";
import { renderDesk } from "../testing/renderDesk.tsx";
import { FeedBadge } from "./FeedBadge.tsx";

test("[UF5] with a mute socket the badge turns stale by itself and its age goes on growing", async () => {
  const { desk, clock, paint } = renderDesk(<FeedBadge connectionId="c" symbol="AAPL" />);
  expect(await screen.findByText("No price yet")).toBeDefined();
  act(() => {
    desk.quotes.apply("c", { sequence: 0, at: 1_000, quotes: [aTuple("AAPL", 187, 1_000)] }, clock.monotonic());
    paint();
  });
  expect(screen.getByText("Streaming")).toBeDefined();
  act(() => clock.advance(7_000));
  expect(screen.getByText("Stale")).toBeDefined();
  expect(screen.getByText("7 s")).toBeDefined();
  act(() => clock.advance(120_000));
  expect(screen.getByText("2 min")).toBeDefined();
});

test.each([
  ["unknown_symbol", "Unknown symbol"],
  ["not_connected", "Not connected"],
  ["refused", "No permission"],
  ["no_answer", "No answer"],
  ["awaited", "No price yet"],
] as const)("[UF7] a price that is missing says why: %s", async (absence, words) => {
  const { desk, clock, paint } = renderDesk(<FeedBadge connectionId="c" symbol="AAPL" />);
  const apply = (batch: Omit<QuoteBatch, "sequence" | "at">) =>
    act(() => {
      desk.quotes.apply("c", { sequence: 0, at: 1_000, ...batch }, clock.monotonic());
      paint();
    });
  await screen.findByText("No price yet");
  apply({ quotes: [], absent: [["AAPL", absence]] });
  expect(screen.getByText(words)).toBeDefined();
  apply({ quotes: [aTuple("AAPL", 187, 1_000)] });
  expect(screen.getByText("Streaming")).toBeDefined();
});
