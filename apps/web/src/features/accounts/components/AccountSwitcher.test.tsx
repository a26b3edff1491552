import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { account } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { AccountSwitcher } from "./AccountSwitcher.tsx";

const other = {
  ...account,
  id: "account-2",
  connectionId: "connection-2",
  label: "Other",
  venueAccountId: "PA0001234",
};

test("[UA8] an account whose orders go to a simulator says so, in the list and beside it", async () => {
  const simulated = new Set(["connection-2"]);
  const accounts = [account, other];
  renderDesk(<AccountSwitcher accounts={accounts} chosen={other} simulated={simulated} />);
  expect(await screen.findByText("Simulator")).toBeDefined();
  expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual([
    "Paper ···4821 · PAPER",
    "Other ···1234 · PAPER · simulator",
  ]);
});

test("[UA9] one that goes to its broker is not called one", async () => {
  renderDesk(<AccountSwitcher accounts={[account, other]} chosen={account} simulated={new Set(["connection-2"])} />);
  expect(await screen.findByRole("combobox", { name: "Account" })).toBeDefined();
  expect(screen.queryByText("Simulator")).toBeNull();
});
