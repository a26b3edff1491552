import { act, fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { account, aHalt, aPortfolio, aPosition } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { TradingPanel } from "./TradingPanel.tsx";
import { TradingStateBand } from "./TradingStateBand.tsx";

const active = aHalt({ state: "ACTIVE", reason: null, changedBy: null, halt: null });
const metrics = { "risk.metrics": () => null };
const noProof = () => {
  throw refusal({ code: "STEP_UP_REQUIRED", message: "This wants a proof that it is you." });
};
const button = (name: string | RegExp) => screen.findByRole("button", { name });

test("[UK12] the band says what does not pass, since when, by whom and why, and broker by broker what is confirmed", async () => {
  renderDesk(<TradingStateBand />, { "risk.state": () => aHalt() });
  const band = within(await screen.findByRole("region", { name: "Trading state" }));
  expect(band.getByText("HALTED")).toBeDefined();
  expect(band.getByText(/^Since/).textContent).toMatch(/by ada: The market is mad$/);
  const brokers = band.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(brokers[0]).toMatch(/^PaperPAPERConfirmedthe broker names no open order/);
  expect(brokers[1]).toMatch(/^OtherPAPERUnconfirmedbeing asked again: attempt 3, 2 orders remaining/);
});

test("[UK13] while every order passes there is no band", async () => {
  renderDesk(
    <>
      <TradingStateBand />
      <TradingPanel accounts={[account]} />
    </>,
    { "risk.state": () => active },
  );
  expect(await screen.findByText("Active")).toBeDefined();
  expect(screen.queryByRole("region", { name: "Trading state" })).toBeNull();
});

test("[UK14] held, the switch halts without a question; what the broker answers is shown", async () => {
  const asked: unknown[] = [];
  const { clock } = renderDesk(<TradingPanel accounts={[account]} />, {
    ...metrics,
    "risk.state": () => (asked.length === 0 ? active : aHalt()),
    "orders.halt": (input) => {
      asked.push(input);
      return aHalt();
    },
  });
  const halt = await button(/^Halt all trading: hold/);
  fireEvent.pointerDown(halt, { button: 0 });
  await act(async () => clock.advance(1_200));
  expect(await screen.findByText("Halted")).toBeDefined();
  expect(asked).toEqual([{ reason: "" }]);
});

test("[UK15] a short press asks first, and takes a reason along", async () => {
  const asked: unknown[] = [];
  renderDesk(<TradingPanel accounts={[account]} />, {
    ...metrics,
    "risk.state": () => active,
    "orders.halt": (input) => {
      asked.push(input);
      return aHalt();
    },
  });
  fireEvent.click(await button(/^Halt all trading: hold/));
  const dialog = within(await screen.findByRole("dialog", { name: "Halt all trading?" }));
  expect(asked).toEqual([]);
  fireEvent.change(dialog.getByRole("textbox", { name: /^Reason/ }), { target: { value: " The market is mad " } });
  fireEvent.click(dialog.getByRole("button", { name: "Halt all trading" }));
  await screen.findByText("Active");
  expect(asked).toEqual([{ reason: "The market is mad" }]);
});

test("[UK16] a halt without an answer is told, and not as done", async () => {
  const { clock, desk } = renderDesk(<TradingPanel accounts={[account]} />, {
    ...metrics,
    "risk.state": () => active,
    "orders.halt": () => {
      throw new Error("socket hang up");
    },
  });
  fireEvent.keyDown(await button(/^Halt all trading: hold/), { key: "Enter" });
  await act(async () => clock.advance(1_200));
  await screen.findByText("Active");
  expect(desk.toasts.shown.get()).toMatchObject([
    { title: "It is not known whether trading is halted", sticky: true, tone: "bad" },
  ]);
});

test("[UK17] resuming says which broker is not done, asks nothing itself, and says that a proof is wanting", async () => {
  const asked: unknown[] = [];
  renderDesk(<TradingPanel accounts={[account]} />, {
    ...metrics,
    "risk.state": () => (asked.length < 2 ? aHalt() : active),
    "orders.resume": (input) => (asked.push(input) === 1 ? noProof() : active),
  });
  fireEvent.click(await button("Resume…"));
  expect(screen.getByRole("alert").textContent).toContain("1 of 2 brokers confirms");
  expect(document.querySelector("input[type=password]")).toBeNull();
  fireEvent.click(await button("Resume to reducing"));
  await screen.findAllByText("This wants a proof that it is you.");
  fireEvent.click(screen.getByRole("radio", { name: "Active" }));
  fireEvent.click(await button("Resume to active"));
  expect(await screen.findByText("Active")).toBeDefined();
  expect(asked).toEqual([{ to: "REDUCING" }, { to: "ACTIVE" }]);
});

test("[UK18] flatten lists what it closes, asks once under one key, and tells what could not be closed", async () => {
  const asked: { readonly idempotencyKey?: string }[] = [];
  renderDesk(<TradingPanel accounts={[account]} />, {
    ...metrics,
    "risk.state": () => aHalt(),
    "accounts.portfolio": () =>
      aPortfolio({ positions: [aPosition(), aPosition({ symbol: "MSFT", quantity: "-40" })] }),
    "orders.flatten": (input) => {
      asked.push(typeof input === "object" && input !== null ? input : {});
      if (asked.length === 1) throw new Error("socket hang up");
      return {
        orders: [{ accountId: account.id, symbol: "AAPL", orderId: "order-9" }],
        refused: [{ accountId: account.id, symbol: "MSFT", code: "MARKET_CLOSED", message: "The market is closed." }],
      };
    },
  });
  fireEvent.click(await button("Flatten…"));
  const plan = await screen.findByRole("list", { name: "What will be closed" });
  expect(
    within(plan)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringMatching(/^Sell 100 AAPL/), expect.stringMatching(/^Buy 40 MSFT/)]);
  fireEvent.click(await button("Close all positions"));
  await screen.findByText(/It is not known whether it was done/);
  fireEvent.click(await button("Close all positions"));
  expect((await screen.findByText("MSFT was not closed.")).parentElement?.textContent).toContain("MARKET_CLOSED");
  expect(screen.getByRole("link", { name: "AAPL: the closing order" }).getAttribute("href")).toBe("/orders/order-9");
  expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});
