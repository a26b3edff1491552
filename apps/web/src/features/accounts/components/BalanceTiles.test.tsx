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

test("[UA5] what only some brokers tell is shown where it is told, and a margin call is an alert", async () => {
  const { balances } = aPortfolio();
  const told = { ...balances, settledCash: "70000", borrowFees: "1.25", marginDeficit: "1234.5" };
  renderDesk(<BalanceTiles account={account} />, { "accounts.portfolio": () => aPortfolio({ balances: told }) });
  expect((await screen.findByText("Settled cash")).nextSibling?.textContent).toBe(
    "$70,000.00 without proceeds of sales that settle later",
  );
  expect(screen.getByText("Borrow fees").nextSibling?.textContent).toBe("$1.25");
  expect(screen.queryByText("Dividends")).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("Margin call: equity is $1,234.50 below maintenance margin.");
});

test("[UA6] while equity reaches maintenance margin nothing cries", async () => {
  const { balances } = aPortfolio();
  const told = { ...balances, marginDeficit: "0" };
  renderDesk(<BalanceTiles account={account} />, { "accounts.portfolio": () => aPortfolio({ balances: told }) });
  await screen.findByText(EQUITY);
  expect(screen.queryByRole("alert")).toBeNull();
});

test.each([
  ["0", "−$88,965.73 without proceeds of sales that settle later; margin covers it until they do"],
  ["1", "−$88,965.73 without proceeds of sales that settle later"],
  [null, "−$88,965.73 without proceeds of sales that settle later"],
])(
  "[UA7] settled cash says what it leaves out, and below zero what covers it (lacks of margin: %s)",
  async (marginDeficit, text) => {
    const { balances } = aPortfolio();
    const told = { ...balances, settledCash: "-88965.73", marginDeficit };
    renderDesk(<BalanceTiles account={account} />, { "accounts.portfolio": () => aPortfolio({ balances: told }) });
    expect((await screen.findByText("Settled cash")).nextSibling?.textContent).toBe(text);
  },
);
