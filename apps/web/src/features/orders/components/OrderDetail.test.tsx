import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { BrokerCard, FillView, OrderEventView, OrderView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, aFill, aLinkedOrder, anOrder, capabilities, instrument } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { OrderDetail } from "./OrderDetail.tsx";
import { OrdersMemoryProvider } from "./OrdersMemory.tsx";

const card = (modifyOrder: BrokerCard["capabilities"]["modifyOrder"]): BrokerCard => ({
  key: account.broker,
  name: "A broker",
  summary: "",
  modes: ["paper"],
  live: null,
  credentialFields: [],
  canBeProbed: false,
  capabilities: { ...capabilities, modifyOrder },
});

const renderOrder = (modifyOrder: BrokerCard["capabilities"]["modifyOrder"], tickSize = "0.01") =>
  renderDesk(
    <OrdersMemoryProvider>
      <OrderDetail orderId="order-1" accounts={[account]} catalog={[card(modifyOrder)]} />
    </OrdersMemoryProvider>,
    {
      "orders.get": () => ({
        order: anOrder(),
        fills: [],
        events: [],
        group: [],
        explanation: null,
        triggeredBy: null,
      }),
      "marketData.instrument": () => ({ ...instrument, tickSize }),
    },
  );
const change = () => screen.findByRole("button", { name: "Change Buy 100 AAPL · PAPER ···4821" });

test("[UO16] where the broker cannot change an order, the change is there, disabled, with the reason", async () => {
  renderOrder({ supported: false, source: "PX1", reason: "cancel it and place another" });
  const button = await change();
  expect(button.hasAttribute("disabled")).toBe(true);
  const described = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toBe("Cannot be changed: cancel it and place another");
});

test("[UO17] a change steps its price by the instrument's own tick", async () => {
  const { queryClient } = renderOrder({ supported: true, source: "PX1" }, "0.05");
  fireEvent.click(await change());
  const price = await screen.findByRole("textbox", { name: "Limit price" });
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  fireEvent.keyDown(price, { key: "ArrowUp" });
  expect(price).toHaveProperty("value", "187.55");
});

interface Told {
  readonly order: OrderView;
  readonly group?: readonly OrderView[];
  readonly fills?: readonly FillView[];
  readonly explanation?: FillView["why"];
  readonly events?: readonly OrderEventView[];
  readonly triggeredBy?: FillView["why"];
}

const renderTold = ({ order, group = [], fills = [], explanation = null, events = [], triggeredBy = null }: Told) =>
  renderDesk(
    <OrdersMemoryProvider>
      <OrderDetail orderId={order.id} accounts={[account]} catalog={[card({ supported: true, source: "PX1" })]} />
    </OrdersMemoryProvider>,
    { "orders.get": () => ({ order, group, fills, events, explanation, triggeredBy }) },
  );
const panel = async (name: string) => within(await screen.findByRole("region", { name }));

test("[UO28] an open order says why it waits, by which rule and numbers, and how old that answer is", async () => {
  const { clock } = renderTold({
    order: anOrder(),
    explanation: {
      rule: "PX30",
      text: "The ask 187.52 is above your limit 187.50.",
      params: { quote: "ask", price: "187.52", limit: "187.5", ahead: "300", moon: "full" },
    },
  });
  const why = await panel("Why");
  expect(why.getByText("The ask 187.52 is above your limit 187.50.")).toBeDefined();
  expect(why.getByText("PX30")).toBeDefined();
  expect(why.getByText("Ahead in the queue").nextSibling?.textContent).toBe("300");
  expect(why.getByText("moon").nextSibling?.textContent).toBe("full");
  act(() => clock.advance(3_000));
  expect(why.getByText("3 s ago")).toBeDefined();
});

test("[UO37] an order that a stop set off says which print or quote did, beside why it stands where it stands", async () => {
  const params = { price: "180.8", stopPrice: "180.81" };
  const triggeredBy = { rule: "PX40", text: "The print 180.80 is at or below the stop 180.81.", params };
  renderTold({ order: anOrder({ type: "stop", price: null, stopPrice: "180.81", state: "FILLED" }), triggeredBy });
  const why = await panel("Why");
  expect(why.getByText("The print 180.80 is at or below the stop 180.81.")).toBeDefined();
  expect(why.getByRole("heading", { name: "What set its stop off" })).toBeDefined();
  expect(why.getByText("Stop price").nextSibling?.textContent).toBe("180.81");
});

test("[UO29] a refused order says why with the rule and the numbers, and nothing of an age", async () => {
  const reason = {
    code: "INSUFFICIENT_FUNDS",
    message: "Needs 18,750.00, has 12.00.",
    params: { required: "18750", available: "12" },
  } as const;
  renderTold({ order: anOrder({ state: "REJECTED", reason }) });
  const why = await panel("Why");
  expect(why.getByText("INSUFFICIENT_FUNDS")).toBeDefined();
  expect(why.getByText("Needed").nextSibling?.textContent).toBe("18,750.00");
  expect(why.queryByText(/ago$/)).toBeNull();
});

test("[UO30] a member of a bracket shows its place, and the others with state and price", async () => {
  const stop = aLinkedOrder("stop_loss", { isHeld: true });
  renderTold({ order: stop, group: [aLinkedOrder("take_profit", { isHeld: true }), aLinkedOrder("entry")] });
  const members = (await panel("Bracket")).getAllByRole("listitem").map((item) => item.textContent);
  expect(members).toEqual([
    "EntryBuy 100 AAPLLimit 187.50Working",
    "Take profitSell 100 AAPLLimit 199.00Waits for its entry",
    "Stop lossSell 100 AAPL (this order)Stop 180.00Waits for its entry",
  ]);
  expect(screen.getByText("Bracket, stop loss: waits until the entry is filled")).toBeDefined();
  expect(screen.getByText("A cancel ends its entry and the other exit too")).toBeDefined();
});

test("[UO31] a trailing stop says how far it stays behind and where it stands; it can change its quantity alone", async () => {
  renderTold({
    order: anOrder({
      side: "sell",
      type: "stop",
      price: null,
      stopPrice: "184.71",
      trail: { by: "percent", value: "1.5" },
    }),
  });
  expect((await screen.findByText("Trails behind by")).nextSibling?.textContent).toBe("1.5 %");
  expect(screen.getByText("Its stop stands at").nextSibling?.textContent).toBe("184.71");
  fireEvent.click(screen.getByRole("button", { name: "Change Sell 100 AAPL · PAPER ···4821" }));
  expect(await screen.findByRole("textbox", { name: "Quantity" })).toBeDefined();
  expect(screen.queryByRole("textbox", { name: "Stop price" })).toBeNull();
  expect(screen.getByText("The market moves the stop of a trailing stop.")).toBeDefined();
});

test("[UO32] a fill opens to why it happened at this price and size", async () => {
  const why = { rule: "PX30", text: "Bought 40 at the ask 187.51: 300 shown.", params: { shown: 300, left: "260" } };
  renderTold({ order: anOrder({ state: "PARTIALLY_FILLED", filledQuantity: "40" }), fills: [aFill({ why })] });
  const fills = await panel("Fills");
  expect(fills.getByRole("group").textContent).toContain("Why 40 at 187.51");
  expect(fills.getByText("Size shown").nextSibling?.textContent).toBe("300");
});

test("[UO33] the amount of an order for money is told, its quantity as an estimate until the broker has taken it", async () => {
  const order = anOrder({ type: "market", price: null, notional: "500", quantity: "2.666", acknowledgedAt: null });
  renderTold({ order });
  expect(await screen.findByRole("heading", { name: "Buy $500.00 of AAPL" })).toBeDefined();
  expect(screen.getByText("Filled").nextSibling?.textContent).toBe("0 of about 2.666");
  expect(
    screen.getByText("Cannot be changed: it is for an amount of money; cancel it and place another"),
  ).toBeDefined();
});

test("[UO40] the history tells each step once: what the broker calls the order is among its facts", async () => {
  const order = aLinkedOrder("stop_loss", { isHeld: true });
  const step = (sequence: number, type: OrderEventView["type"], message: string): OrderEventView => ({
    sequence,
    type,
    message,
    order,
    at: order.createdAt,
    fill: null,
  });
  const held = "Held at the broker until its entry is filled";
  renderTold({ order, events: [step(1, "state", held), step(2, "note", "The broker calls it P1-4")] });
  const steps = (await panel("History")).getAllByRole("listitem").map((item) => item.lastChild?.textContent);
  expect(steps).toEqual([held]);
});
