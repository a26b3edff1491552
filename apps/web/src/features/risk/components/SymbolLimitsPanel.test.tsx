import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aPolicy } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { SymbolLimitsPanel } from "./SymbolLimitsPanel.tsx";

const limit = {
  symbol: "TSLA",
  isBlocked: false,
  maxOrderValue: "5000",
  maxOrderQuantity: null,
  maxPositionFraction: null,
};

test("[UL11] a symbol's limits are added, edited and removed", async () => {
  const asked: unknown[] = [];
  const take = (input: unknown) => {
    asked.push(input);
    return aPolicy();
  };
  renderDesk(<SymbolLimitsPanel accountId="account-1" />, {
    "risk.policy": () => aPolicy({ symbols: asked.length === 0 ? [] : asked.length < 3 ? [limit] : [] }),
    "risk.setSymbolLimit": take,
    "risk.removeSymbolLimit": take,
  });
  const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
  await press("Limit a symbol…");
  await press("Save");
  expect(screen.getByText("Enter a symbol, such as AAPL.")).toBeDefined();
  fireEvent.change(screen.getByRole("textbox", { name: "Symbol" }), { target: { value: "tsla" } });
  fireEvent.change(screen.getByRole("textbox", { name: "Largest order value ($)" }), { target: { value: "5000" } });
  await press("Save");
  expect(await screen.findByText("an order at most $5,000")).toBeDefined();
  await press("Edit TSLA");
  fireEvent.click(await screen.findByRole("checkbox", { name: /^Blocked/ }));
  await press("Save");
  await press("Remove TSLA");
  expect(await screen.findByText("No symbol has limits of its own.")).toBeDefined();
  expect(asked).toEqual([
    { accountId: "account-1", limit },
    { accountId: "account-1", limit: { ...limit, isBlocked: true } },
    { accountId: "account-1", symbol: "TSLA" },
  ]);
});
