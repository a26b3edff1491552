import { screen } from "@testing-library/react";
import type { PreviewView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { preview } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { PreviewList } from "./PreviewList.tsx";

async function rowsOf(shown: PreviewView | undefined): Promise<Readonly<Record<string, string | null | undefined>>> {
  renderDesk(<PreviewList preview={shown} error={null} />);
  const terms = await screen.findAllByRole("term");
  return Object.fromEntries(terms.map((term) => [term.textContent, term.nextElementSibling?.textContent]));
}

test("[UT61] what the broker did not say of an order is unknown, which is neither nothing nor a dash", async () => {
  expect(await rowsOf({ ...preview, marginRequired: null, buyingPowerAfter: null, estimatedFees: null })).toEqual({
    "Estimated at": "187.52",
    "Order value": "$18,752.00",
    "Estimated fees": "unknown",
    "Margin needed": "unknown",
    "Buying power after": "unknown",
  });
});

test("[UT61] what it said is shown", async () => {
  expect(await rowsOf(preview)).toMatchObject({ "Margin needed": "$9,376.00", "Buying power after": "$81,248.00" });
});

test("[UT62] before the broker was asked nothing is said to be unknown", async () => {
  expect(Object.values(await rowsOf(undefined))).not.toContain("unknown");
});
