import { fireEvent, screen, waitFor } from "@testing-library/react";
import type { BrokerCard } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, anOrder, capabilities, instrument } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { OrderDetail } from "./OrderDetail.tsx";
import { OrdersMemoryProvider } from "./OrdersMemory.tsx";

const card = (modifyOrder: BrokerCard["capabilities"]["modifyOrder"]): BrokerCard => ({
  key: account.broker,
  name: "A broker",
  summary: "",
  modes: ["paper"],
  credentialFields: [],
  capabilities: { ...capabilities, modifyOrder },
});

const renderOrder = (modifyOrder: BrokerCard["capabilities"]["modifyOrder"], tickSize = "0.01") =>
  renderDesk(
    <OrdersMemoryProvider>
      <OrderDetail orderId="order-1" accounts={[account]} catalog={[card(modifyOrder)]} />
    </OrdersMemoryProvider>,
    {
      "orders.get": () => ({ order: anOrder(), fills: [], events: [], explanation: null }),
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
