import type { OrderField } from "../../domain/validation.ts";

/** An order that is wrong in one way. Its input is what a caller without types might send. */
interface BadOrder {
  readonly what: string;
  readonly order: unknown;
  /** The field that the refusal names; null where it is none in particular. */
  readonly field: OrderField | null;
}

const base = { symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price: 90 };
const market = { symbol: "AAPL", side: "buy", type: "market", quantity: 1 };

export const BAD_ORDERS: readonly BadOrder[] = [
  { what: "nothing", order: undefined, field: null },
  { what: "a text", order: "buy 10 AAPL", field: null },
  { what: "a list", order: [base], field: null },
  { what: "a quantity of zero", order: { ...base, quantity: 0 }, field: "quantity" },
  { what: "a negative quantity", order: { ...base, quantity: -10 }, field: "quantity" },
  { what: "a quantity that is NaN", order: { ...base, quantity: Number.NaN }, field: "quantity" },
  { what: "an infinite quantity", order: { ...base, quantity: Number.POSITIVE_INFINITY }, field: "quantity" },
  { what: "a quantity in words", order: { ...base, quantity: "ten" }, field: "quantity" },
  { what: "a quantity with an exponent", order: { ...base, quantity: "1e3" }, field: "quantity" },
  { what: "a quantity with ten decimals", order: { ...base, quantity: "1.0000000001" }, field: "quantity" },
  { what: "a quantity beyond a billion", order: { ...base, quantity: 1_000_000_001 }, field: "quantity" },
  { what: "no quantity", order: { ...base, quantity: undefined }, field: "quantity" },
  { what: "a symbol in small letters", order: { ...base, symbol: "aapl" }, field: "symbol" },
  { what: "an empty symbol", order: { ...base, symbol: "" }, field: "symbol" },
  { what: "a symbol with a control character", order: { ...base, symbol: "AA\u0000PL" }, field: "symbol" },
  { what: "a symbol that is a number", order: { ...base, symbol: 7 }, field: "symbol" },
  { what: "an unknown side", order: { ...base, side: "hold" }, field: "side" },
  { what: "an unknown type", order: { ...base, type: "iceberg" }, field: "type" },
  { what: "an unknown time in force", order: { ...base, timeInForce: "week" }, field: "timeInForce" },
  { what: "a limit without a price", order: { ...base, price: undefined }, field: "price" },
  { what: "a price of zero", order: { ...base, price: 0 }, field: "price" },
  { what: "a negative price", order: { ...base, price: "-90" }, field: "price" },
  { what: "a price off the tick", order: { ...base, price: "90.005" }, field: "price" },
  { what: "a price that lost its exactness", order: { ...base, price: 0.1 + 0.2 }, field: "price" },
  { what: "a price beyond ten million", order: { ...base, price: 10_000_001 }, field: "price" },
  { what: "a market order with a price", order: { ...market, price: 90 }, field: "price" },
  { what: "a stop without a stop price", order: { ...market, type: "stop" }, field: "stopPrice" },
  { what: "a stop price on a limit", order: { ...base, stopPrice: 95 }, field: "stopPrice" },
  {
    what: "a stop that is IOC",
    order: { ...market, type: "stop", stopPrice: 101, timeInForce: "ioc" },
    field: "timeInForce",
  },
  { what: "a market order for extended hours", order: { ...market, extendedHours: true }, field: "extendedHours" },
  {
    what: "extended hours that are not true or false",
    order: { ...base, extendedHours: "yes" },
    field: "extendedHours",
  },
  { what: "a client order id with a space", order: { ...base, clientOrderId: "my order" }, field: null },
  { what: "a client order id of 33 characters", order: { ...base, clientOrderId: "x".repeat(33) }, field: null },
];
