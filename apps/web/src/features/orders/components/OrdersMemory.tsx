import { createContext, use, useState } from "react";
import type { ReactNode } from "react";
import { createOrderBook } from "../model/orderBook.ts";
import type { OrderBook } from "../model/orderBook.ts";
import { createTicketShelf } from "../model/ticketShelf.ts";
import type { TicketShelf } from "../model/ticketShelf.ts";

/** What the page knows of orders beside what it has fetched. */
interface OrdersMemory {
  readonly book: OrderBook;
  readonly shelf: TicketShelf;
}

const OrdersMemoryContext = createContext<OrdersMemory | null>(null);

/** Remembers orders and unanswered tickets over all screens of one signed-in person. */
export function OrdersMemoryProvider({ children }: { readonly children: ReactNode }) {
  const [memory] = useState(() => ({ book: createOrderBook(), shelf: createTicketShelf() }));
  return <OrdersMemoryContext value={memory}>{children}</OrdersMemoryContext>;
}

/** @throws Error outside the provider. */
export function useOrdersMemory(): OrdersMemory {
  const memory = use(OrdersMemoryContext);
  if (memory === null) throw new Error("useOrdersMemory needs <OrdersMemoryProvider> above it");
  return memory;
}
