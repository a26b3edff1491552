import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { useQuote } from "../lib/useQuote.ts";
import { aTuple } from "../testing/builders.ts";
import { renderDesk } from "../testing/renderDesk.tsx";
import { FeedBadge } from "./FeedBadge.tsx";

function Badge() {
  return <FeedBadge quote={useQuote("c", "AAPL")} />;
}

test("[UF5] with a mute socket the badge turns stale by itself and its age goes on growing", async () => {
  const { desk, clock, paint } = renderDesk(<Badge />);
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
