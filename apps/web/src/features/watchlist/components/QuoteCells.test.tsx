import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aTuple } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { ChangeCell } from "./QuoteCells.tsx";

test("[UW3] the change of a stale price is dimmed with it", async () => {
  const { desk, clock, paint } = renderDesk(<ChangeCell connectionId="c" symbol="AAPL" />);
  await screen.findByText("—");
  act(() => {
    desk.quotes.apply("c", { sequence: 0, at: 1_000, quotes: [aTuple("AAPL", 186.85, 1_000)] }, clock.monotonic());
    paint();
  });
  expect(screen.getByText("+1.00%").className).not.toContain("italic");
  act(() => clock.advance(7_000));
  expect(screen.getByText("+1.00%").className).toContain("italic");
});
