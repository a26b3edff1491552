import type { BrokerClient, CallOptions } from "./BrokerClient.ts";
import { BrokerError } from "./BrokerError.ts";
import type { Mode } from "./domain/Mode.ts";
import type { OrderRequest, OrderResponse } from "./domain/order.ts";
import { orderIntent, type OrderIntent } from "./OrderIntent.ts";

/**
 * A client as the order path sees it: it takes intents of its own mode only, and a session of one mode is none of another.
 * `place` is a property and no method, so that its parameter is checked both ways.
 */
export interface BrokerSession<InMode extends Mode> {
  readonly mode: InMode;
  /** As `BrokerClient.placeOrder`. */
  readonly place: (intent: OrderIntent<InMode>, options?: CallOptions) => Promise<OrderResponse>;
}

/** All that placing an order wants of a client. */
export type OrderSender = Pick<BrokerClient, "mode" | "placeOrder">;

/** @throws BrokerError NOT_SUPPORTED for a client of another mode */
export function brokerSession<InMode extends Mode>(client: OrderSender, mode: InMode): BrokerSession<InMode> {
  if (client.mode !== mode) {
    const message = `the order is in ${mode} mode, and the connection in ${client.mode} mode: nothing was sent`;
    throw new BrokerError(message, "NOT_SUPPORTED", "unknown");
  }
  return { mode, place: ({ request }, options) => client.placeOrder(request, options) };
}

/** An order as it is stored: its mode is data, and no type yet. */
export interface StoredIntent {
  readonly mode: Mode;
  readonly request: OrderRequest;
}

/**
 * The one place where a stored order meets an open connection, and modes become types. The request is written in the same
 * tick. @throws BrokerError as `brokerSession`, `orderIntent` and `BrokerClient.placeOrder`
 */
export async function placeIntent(
  client: OrderSender,
  { mode, request }: StoredIntent,
  options?: CallOptions,
): Promise<OrderResponse> {
  switch (mode) {
    case "mock":
      return brokerSession(client, "mock").place(orderIntent("mock", request), options);
    case "paper":
      return brokerSession(client, "paper").place(orderIntent("paper", request), options);
    case "live":
      return brokerSession(client, "live").place(orderIntent("live", request), options);
  }
}
