import { useQuery } from "@tanstack/react-query";
import type { OrderView } from "@trenddojo/server/wire";
import { useStore } from "../../../lib/createStore.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";
import { newestOf } from "../model/orderBook.ts";
import { useOrderOptions } from "./getOrder.ts";

/** An order as it stands now, beginning with what an answer said of it: fills and cancels come after the answer. */
export function useLatestOrder(answered: OrderView): OrderView {
  useQuery(useOrderOptions(answered.id));
  return newestOf(answered, useStore(useOrdersMemory().book.known));
}
