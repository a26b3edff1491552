import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import type { OrderView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, aLinkedOrder, anOrder } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { useTakeOrder } from "../api/useTakeOrder.ts";
import { OrderList } from "./OrderList.tsx";
import { OrdersMemoryProvider } from "./OrdersMemory.tsx";

const working = anOrder({ revision: 3 });
const filled = anOrder({ revision: 5, state: "FILLED", filledQuantity: "100" });

/** Buttons that tell of an order, as an event or a late answer does. */
function Tellers() {
  const take = useTakeOrder();
  return (
    <>
      <button onClick={() => take(filled)}>Tell filled</button>
      <button onClick={() => take(working)}>Tell working</button>
    </>
  );
}

test("[UO18] neither a list that was asked for before the fill nor an answer from before it brings the order back", async () => {
  const answers: ((orders: readonly OrderView[]) => void)[] = [];
  const { queryClient } = renderDesk(
    <OrdersMemoryProvider>
      <OrderList account={account} filter="open" />
      <Tellers />
    </OrdersMemoryProvider>,
    {
      "orders.list": () => new Promise((resolve) => answers.push((orders) => resolve({ orders, nextCursor: null }))),
    },
  );
  await waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.([working]);
  expect(await screen.findByText("Working")).toBeDefined();

  void queryClient.invalidateQueries();
  await waitFor(() => expect(answers).toHaveLength(2));
  fireEvent.click(screen.getByRole("button", { name: "Tell filled" }));
  expect(await screen.findByText("No open orders")).toBeDefined();
  await act(async () => answers[1]?.([working]));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByText("Working")).toBeNull();

  fireEvent.click(screen.getByRole("button", { name: "Tell working" }));
  expect(screen.queryByText("Working")).toBeNull();
});

test("[UO34] linked orders stand together with their roles; a held exit does not look like a working one, and its cancel says what else ends", async () => {
  const held = { isHeld: true };
  const orders = [aLinkedOrder("stop_loss", held), anOrder({ id: "t-other" }), aLinkedOrder("take_profit", held)];
  renderDesk(
    <OrdersMemoryProvider>
      <OrderList account={account} filter="open" />
    </OrdersMemoryProvider>,
    { "orders.list": () => ({ orders, nextCursor: null }) },
  );
  const rows = (await screen.findAllByRole("row")).slice(1).map((row) => row.textContent ?? "");
  expect(rows.findIndex((row) => row.includes("Take profit"))).toBe(
    rows.findIndex((row) => row.includes("Stop loss")) - 1,
  );
  expect(screen.getAllByText("Waits for its entry")).toHaveLength(2);
  expect(screen.getAllByText("Working")).toHaveLength(1);
  expect(
    screen.getAllByRole("button", {
      name: "Cancel Sell 100 AAPL · PAPER ···4821, and with it its entry and the other exit",
    }),
  ).toHaveLength(2);
});

test("[UO35] a trailing stop shows in the list where it stands", async () => {
  const trail = { by: "amount", value: "2.5" } as const;
  const order = anOrder({ side: "sell", type: "stop", price: null, stopPrice: "185.02", trail });
  renderDesk(
    <OrdersMemoryProvider>
      <OrderList account={account} filter="open" />
    </OrdersMemoryProvider>,
    { "orders.list": () => ({ orders: [order], nextCursor: null }) },
  );
  expect(await screen.findAllByText("Trails $2.50, stop 185.02")).toHaveLength(2);
});
