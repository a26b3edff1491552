import { BrokerError } from "./BrokerError.ts";
import { brand, type Brand } from "./domain/brand.ts";
import { prefixOfMode } from "./domain/clientOrderIds.ts";
import type { Mode } from "./domain/Mode.ts";
import type { OrderRequest } from "./domain/order.ts";

/** An order that is meant for the money of one mode; only `orderIntent` makes it. */
export type OrderIntent<InMode extends Mode> = Brand<
  { readonly mode: InMode; readonly request: OrderRequest },
  `${InMode} intent`
>;

/**
 * An order in its mode, which its client order id says too.
 * @throws BrokerError INVALID_ORDER for an id that says another mode, or none
 */
export function orderIntent<InMode extends Mode>(mode: InMode, request: OrderRequest): OrderIntent<InMode> {
  const { clientOrderId = "" } = request;
  if (!clientOrderId.startsWith(prefixOfMode(mode))) {
    const message = `an order in ${mode} mode has a client order id that begins with ${prefixOfMode(mode)}`;
    throw new BrokerError(message, "INVALID_ORDER", "unknown");
  }
  return brand({ mode, request });
}
