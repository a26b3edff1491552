import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { account, aPortfolio } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { BalanceTiles } from "./BalanceTiles.tsx";

const EQUITY = "$100,050.00";

test("[UA3] balances of which nothing has been heard for a while say so, and are dimmed", async () => {
  const { clock } = renderDesk(<BalanceTiles account={account} />, { "accounts.portfolio": () => aPortfolio() });
  const tile = async () => (await screen.findByText(EQUITY)).closest("dd")?.className ?? "";
  expect(await tile()).not.toContain("italic");
  expect(screen.queryByText(/^Stale/)).toBeNull();
  act(() => clock.advance(16_000));
  expect(await tile()).toContain("italic");
  expect(screen.getByText(/^Stale: heard/).textContent).toBe("Stale: heard 16 s ago");
});

test("[UA4] what the desk heard last from a broker that is away is stale from the first, however freshly it was asked for", async () => {
  renderDesk(<BalanceTiles account={account} />, {
    "accounts.portfolio": () => aPortfolio({ receivedAt: "2026-11-23T14:50:00.000Z" }),
  });
  await screen.findByText(EQUITY);
  expect(screen.getByText(/^Stale: heard/).textContent).toBe("Stale: heard 10 min ago");
});
