import { formatFixed } from "@trenddojo/brokers/domain";
import type { TradeUpdate } from "../account/TradeUpdate.ts";
import { instantText } from "./instant.ts";

/** A message of the trading stream. `price`, `qty` and `position_qty` are there for executions only. */
export function tradeUpdateJson({ event, order, at, executionId, eventId, execution }: TradeUpdate): object {
  const timestamp = instantText(at);
  return {
    stream: "trade_updates",
    data: {
      at: timestamp,
      event,
      event_id: eventId,
      execution_id: executionId,
      order,
      ...(execution === null
        ? {}
        : {
            position_qty: formatFixed(execution.positionQty),
            price: formatFixed(execution.price),
            qty: formatFixed(execution.qty),
          }),
      timestamp,
    },
  };
}
