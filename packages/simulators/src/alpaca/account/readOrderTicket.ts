import { ORDER_SIDES, TIMES_IN_FORCE, tryParseFixed, type Fixed } from "@trenddojo/brokers/domain";
import { z } from "zod";
import { ApiRefusal, invalid } from "../wire/ApiRefusal.ts";
import type { OrderTicket, ReplaceTicket } from "./OrderTicket.ts";
import { POSITION_INTENTS, VENDOR_ORDER_CLASSES, VENDOR_ORDER_TYPES, type VendorTrail } from "./VendorOrder.ts";

/** Longest client order id. */
const LONGEST_CLIENT_ID = 128;

const text = z.string().nullish();
const decimal = z.union([z.string(), z.number()]).nullish();

const orderBody = z.looseObject({
  symbol: text,
  side: text,
  type: text,
  time_in_force: text,
  order_class: text,
  client_order_id: text,
  position_intent: text,
  extended_hours: z.boolean().nullish(),
  qty: decimal,
  notional: decimal,
  limit_price: decimal,
  stop_price: decimal,
  trail_price: decimal,
  trail_percent: decimal,
  take_profit: z.looseObject({ limit_price: decimal }).nullish(),
  stop_loss: z.looseObject({ stop_price: decimal, limit_price: decimal }).nullish(),
});

const replaceBody = z.looseObject({
  qty: decimal,
  time_in_force: text,
  limit_price: decimal,
  stop_price: decimal,
  trail: decimal,
  client_order_id: text,
});

/** Reads the body of `POST /v2/orders`. @throws ApiRefusal */
export function readOrderTicket(body: unknown): OrderTicket {
  const given = shaped(orderBody, body);
  if (!given.symbol) throw invalid("symbol is required");
  return {
    symbol: given.symbol,
    side: member("side", given.side, ORDER_SIDES),
    type: member("type", given.type, VENDOR_ORDER_TYPES),
    timeInForce: member("time_in_force", given.time_in_force, TIMES_IN_FORCE),
    orderClass: member("order_class", given.order_class || "simple", VENDOR_ORDER_CLASSES),
    extendedHours: given.extended_hours ?? false,
    clientOrderId: clientId(given.client_order_id),
    positionIntent: given.position_intent ? member("position_intent", given.position_intent, POSITION_INTENTS) : null,
    qty: positive("qty", given.qty),
    notional: positive("notional", given.notional),
    limitPrice: positive("limit_price", given.limit_price),
    stopPrice: positive("stop_price", given.stop_price),
    trail: trailOf(given),
    takeProfit: positive("take_profit.limit_price", given.take_profit?.limit_price),
    stopLoss: stopLossOf(given.stop_loss),
  };
}

/** Reads the body of `PATCH /v2/orders/{order_id}`. @throws ApiRefusal */
export function readReplaceTicket(body: unknown): ReplaceTicket {
  const given = shaped(replaceBody, body);
  return {
    qty: positive("qty", given.qty),
    timeInForce: given.time_in_force ? member("time_in_force", given.time_in_force, TIMES_IN_FORCE) : null,
    limitPrice: positive("limit_price", given.limit_price),
    stopPrice: positive("stop_price", given.stop_price),
    trail: positive("trail", given.trail),
    clientOrderId: clientId(given.client_order_id),
  };
}

function shaped<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new ApiRefusal(400, 40010000, "failed to decode request body");
}

function member<Value extends string>(name: string, given: string | null | undefined, known: readonly Value[]): Value {
  if (!given) throw invalid(`${name} is required`);
  const found = known.find((value) => value === given);
  if (found === undefined) throw invalid(`invalid ${name}: ${given.slice(0, 40)}`);
  return found;
}

function positive(name: string, given: string | number | null | undefined): Fixed | null {
  if (given === null || given === undefined || given === "") return null;
  const value = tryParseFixed(given);
  if (value === undefined) throw invalid(`invalid ${name}: ${String(given).slice(0, 40)}`);
  if (value <= 0n) throw invalid(`${name} must be > 0`);
  return value;
}

function clientId(given: string | null | undefined): string | null {
  if (!given) return null;
  if (given.length > LONGEST_CLIENT_ID) {
    throw invalid(`client_order_id must be no more than ${LONGEST_CLIENT_ID} characters`);
  }
  return given;
}

function trailOf({ trail_price, trail_percent }: z.infer<typeof orderBody>): VendorTrail | null {
  const amount = positive("trail_price", trail_price);
  const percent = positive("trail_percent", trail_percent);
  if (amount !== null && percent !== null) throw invalid("only one of trail_price and trail_percent may be specified");
  if (amount !== null) return { by: "amount", value: amount };
  return percent === null ? null : { by: "percent", value: percent };
}

function stopLossOf(given: z.infer<typeof orderBody>["stop_loss"]): OrderTicket["stopLoss"] {
  const stopPrice = positive("stop_loss.stop_price", given?.stop_price);
  const limitPrice = positive("stop_loss.limit_price", given?.limit_price);
  return stopPrice === null ? null : { stopPrice, limitPrice };
}
