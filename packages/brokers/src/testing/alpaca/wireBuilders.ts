/** Orders and events as Alpaca's documents have them, for a server that is told what to say. */

type Wire = Readonly<Record<string, unknown>>;

let made = 0;

/** An id in Alpaca's form; each is another. */
export function uuid(): string {
  made += 1;
  return `61e69015-8549-4bfd-b9c3-${made.toString(16).padStart(12, "0")}`;
}

/** An instant `seconds` after ten in the morning of a Friday, with nanoseconds. */
export function wireTime(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 20, 15, 0) + Math.round(seconds * 1_000)).toISOString().replace("Z", "123456Z");
}

/** A limit order to buy ten AAPL at 90, working. */
export function wireOrderOf(change: Wire = {}): Wire & { readonly id: string; readonly client_order_id: string } {
  const id = typeof change["id"] === "string" ? change["id"] : uuid();
  const clientOrderId = typeof change["client_order_id"] === "string" ? change["client_order_id"] : `c-${id.slice(-6)}`;
  return {
    created_at: wireTime(0),
    updated_at: wireTime(0),
    submitted_at: wireTime(0),
    filled_at: null,
    expired_at: null,
    expires_at: "2026-11-20T21:00:00Z",
    canceled_at: null,
    failed_at: null,
    replaced_at: null,
    replaced_by: null,
    replaces: null,
    asset_id: "b0b6dd9d-8b9b-48a9-ba46-b9d54906e415",
    symbol: "AAPL",
    asset_class: "us_equity",
    notional: null,
    qty: "10",
    filled_qty: "0",
    filled_avg_price: null,
    order_class: "",
    order_type: "limit",
    type: "limit",
    side: "buy",
    time_in_force: "day",
    limit_price: "90",
    stop_price: null,
    status: "new",
    extended_hours: false,
    legs: null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    position_intent: "buy_to_open",
    source: null,
    subtag: null,
    ...change,
    id,
    client_order_id: clientOrderId,
  };
}

/** What the stream says of an order; `change` has price, qty and the execution's id of a fill. */
export function wireUpdate(event: string, order: Wire, change: Wire = {}): Wire {
  return { stream: "trade_updates", data: { event, timestamp: order["updated_at"], order, ...change } };
}

/** The event of an execution of `qty` at `price`, with which `filled` shares of the order are filled. */
export function wireFill(order: Wire, qty: string, price: string, filled: string, change: Wire = {}): Wire {
  const isWhole = filled === order["qty"];
  const after = {
    ...order,
    filled_qty: filled,
    filled_avg_price: price,
    status: isWhole ? "filled" : "partially_filled",
    updated_at: wireTime(Number(filled)),
  };
  return wireUpdate(isWhole ? "fill" : "partial_fill", after, {
    execution_id: uuid(),
    price,
    qty,
    position_qty: filled,
    ...change,
  });
}

/** The same execution as the list of activities has it, by another id. */
export function wireActivityOf(
  order: Wire,
  qty: string,
  price: string,
  filled: string,
): Wire & { readonly id: string } {
  return {
    activity_type: "FILL",
    id: `20261120100000000::${uuid()}`,
    transaction_time: wireTime(Number(filled)),
    type: filled === order["qty"] ? "fill" : "partial_fill",
    price,
    qty,
    side: order["side"],
    symbol: order["symbol"],
    leaves_qty: "0",
    cum_qty: filled,
    order_id: order["id"],
    order_status: "filled",
  };
}
