import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aPortfolio, aPosition } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { PositionsTable } from "./PositionsTable.tsx";

const portfolio = aPortfolio({
  positions: [aPosition(), aPosition({ symbol: "MSFT", marketPrice: "402", markedAt: "2026-11-23T14:59:50.000Z" })],
});
/** The profit stands below the value too, for a screen without room for both. */
const NUMBERS_OF_THE_MARK = ["187.50", "$18,750.00", "+$50.00", "+$50.00"];

test.each([true, false])(
  "[UO15] each mark has its age, and one that is stale is called so and dims what stands on it (brief: %s)",
  async (brief) => {
    const { clock } = renderDesk(<PositionsTable portfolio={portfolio} brief={brief} />);
    const [, aapl, msft] = await screen.findAllByRole("row");
    const dimmed = (row: HTMLElement | undefined) =>
      [...(row?.querySelectorAll(".italic") ?? [])].map((cell) => cell.textContent.replace(/^[▲▼]/, ""));
    expect([aapl?.textContent, msft?.textContent]).toEqual([
      expect.stringContaining("0 s"),
      expect.stringContaining("10 s"),
    ]);
    act(() => clock.advance(8_000));
    expect(dimmed(aapl)).toEqual([]);
    expect(dimmed(msft)).toHaveLength(NUMBERS_OF_THE_MARK.length);
    expect(msft?.textContent).toContain("Stale 18 s");
    act(() => clock.advance(8_000));
    expect(dimmed(aapl)).toEqual(NUMBERS_OF_THE_MARK);
  },
);
