import { money, ORDER_SIDES, type Instrument } from "@trenddojo/brokers/domain";
import { paperSnapshotSchema } from "@trenddojo/brokers/paper";
import { z } from "zod";
import { readBigintJson, writeBigintJson } from "../bigintJson.ts";
import type { TwsExecution } from "./account/ExecutionLog.ts";
import type { KeptAccount } from "./account/TwsAccount.ts";
import { TWS_ORDER_TYPES, TWS_TIMES_IN_FORCE } from "./orders/OrderTicket.ts";
import { TWS_STATUSES, type TwsOrder } from "./orders/TwsOrder.ts";
import { PLAIN_ORDER } from "./wire/plainOrder.ts";
import { NO_CONTRACT, type WireContract } from "./wire/WireContract.ts";
import type { WireOrder } from "./wire/WireOrder.ts";

/** All that a gateway is. */
export interface GatewayState {
  readonly accounts: readonly (KeptAccount & { readonly id: string })[];
  readonly lastPermId: number;
  /** By client id, the last order id used. */
  readonly lastIds: readonly (readonly [number, number])[];
  /** Oldest first. */
  readonly orders: readonly TwsOrder[];
  /** Of the day that was on. */
  readonly executions: readonly TwsExecution[];
}

/** The text cannot be a gateway's: it is damaged, or of another version. */
export class GatewayStateError extends Error {
  override readonly name = "GatewayStateError";
}

const fixed = z.bigint();
const fixedOrNull = z.bigint().nullable();

/** Written by ourselves from what a decoder read: that every field is there tells it from another version's. */
const hasFieldsOf =
  (model: object) =>
  (value: unknown): boolean =>
    typeof value === "object" && value !== null && Object.keys(model).every((field) => field in value);

const ticketSchema = z.object({
  side: z.enum(ORDER_SIDES),
  type: z.enum(TWS_ORDER_TYPES),
  timeInForce: z.enum(TWS_TIMES_IN_FORCE),
  quantity: fixed,
  limit: fixedOrNull,
  stop: fixedOrNull,
  trail: z.object({ by: z.enum(["amount", "percent"]), value: fixed }).nullable(),
  trailLimit: z.object({ from: fixed, offset: fixed }).nullable(),
  expiresAt: z.number().nullable(),
  goodAfter: z.number().nullable(),
  outsideRth: z.boolean(),
  parentId: z.int(),
  ocaGroup: z.string(),
  ocaType: z.enum(["cancel", "reduce"]),
  transmit: z.boolean(),
  whatIf: z.boolean(),
});

const orderSchema = z.object({
  account: z.string(),
  clientId: z.int(),
  orderId: z.int(),
  permId: z.int(),
  symbol: z.string(),
  sent: z.object({
    kind: z.literal("placeOrder"),
    orderId: z.int(),
    contract: z.custom<WireContract>(hasFieldsOf(NO_CONTRACT)),
    order: z.custom<WireOrder>(hasFieldsOf(PLAIN_ORDER)),
  }),
  ticket: ticketSchema,
  status: z.enum(TWS_STATUSES),
  isTransmitted: z.boolean(),
  hold: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("parent") }),
      z.object({ kind: z.literal("time"), at: z.number() }),
      z.object({ kind: z.literal("touch") }),
      z.object({ kind: z.literal("market") }),
    ])
    .nullable(),
  exchangeId: z.string().nullable(),
  filledBefore: fixed,
  filled: fixed,
  filledValue: fixed,
  lastFillPrice: fixedOrNull,
  isTriggered: z.boolean(),
  trailStop: fixedOrNull,
  placedAt: z.number(),
  endedAt: z.number().nullable(),
  completedStatus: z.string(),
});

const executionSchema = z.object({
  id: z.string(),
  at: z.number(),
  permId: z.int(),
  shares: fixed,
  price: fixed,
  cumulative: fixed,
  averagePrice: fixed,
  lastLiquidity: z.union([z.literal(1), z.literal(2)]),
  commission: fixed,
  realized: fixedOrNull,
});

const stateSchema = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      snapshot: paperSnapshotSchema,
      lastEquity: z.string().transform((text) => money(text)),
      realized: z.array(z.tuple([z.string(), fixed])),
      executionCounter: z.int(),
      linkCounter: z.int(),
    }),
  ),
  lastPermId: z.int(),
  lastIds: z.array(z.tuple([z.int(), z.int()])),
  orders: z.array(orderSchema),
  executions: z.array(executionSchema),
});

export function writeGatewayState({ orders, executions, ...rest }: GatewayState): string {
  return writeBigintJson({
    ...rest,
    orders: orders.map(({ instrument, ...order }) => ({ ...order, pending: null, symbol: instrument.symbol })),
    executions: executions.map(({ order, ...execution }) => ({ ...execution, permId: order.permId })),
  });
}

/** @param instrumentOf finds what an order is of. @throws GatewayStateError */
export function readGatewayState(text: string, instrumentOf: (symbol: string) => Instrument | undefined): GatewayState {
  try {
    const { orders: kept, executions, ...rest } = stateSchema.parse(readBigintJson(text));
    const orders = kept.map(({ symbol, ...order }): TwsOrder => {
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) throw new GatewayStateError(`nothing here is called ${symbol}`);
      return { ...order, instrument, pending: null };
    });
    const byPermId = new Map(orders.map((order) => [order.permId, order]));
    return {
      ...rest,
      orders,
      executions: executions.flatMap(({ permId, ...execution }) => {
        const order = byPermId.get(permId);
        return order === undefined ? [] : [{ ...execution, order }];
      }),
    };
  } catch (cause) {
    throw new GatewayStateError("this is not the state of a simulated gateway", { cause });
  }
}
