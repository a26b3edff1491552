import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import type { OrderView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, anOrder } from "../../../testing/builders.ts";
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
