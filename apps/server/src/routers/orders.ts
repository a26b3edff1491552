import { type TrackedEnvelope } from "@trpc/server";
import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { cancelProcedure, router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { cancelOrder } from "../usecases/orders/cancelOrder.ts";
import { flattenPositions } from "../usecases/orders/flattenPositions.ts";
import { haltTrading } from "../usecases/orders/haltTrading.ts";
import { listFills } from "../usecases/orders/listFills.ts";
import { listOrders } from "../usecases/orders/listOrders.ts";
import { modifyOrder } from "../usecases/orders/modifyOrder.ts";
import { placeOrder } from "../usecases/orders/placeOrder.ts";
import { previewOrder } from "../usecases/orders/previewOrder.ts";
import { readOrder } from "../usecases/orders/readOrder.ts";
import { reduceOnly } from "../usecases/orders/reduceOnly.ts";
import { resumeTrading } from "../usecases/orders/resumeTrading.ts";
import { watchOrderEvents } from "../usecases/orders/watchOrderEvents.ts";
import { flattened, flattenInput, haltInput, resumeInput } from "../wire/halts.ts";
import {
  cancelOrderInput,
  fills,
  listFillsInput,
  listOrdersInput,
  modifyOrderInput,
  order,
  orderDetail,
  orderEventsInput,
  orderInputById,
  orderPage,
  placeOrderInput,
  preview,
  previewInput,
  type OrderEventView,
} from "../wire/orders.ts";
import { tradingState } from "../wire/risk.ts";

export const ordersRouter = router({
  place: traderProcedure
    .meta({ bucket: "order", token: "order" })
    .input(placeOrderInput)
    .output(order)
    .mutation(({ ctx, input }) => placeOrder(ctx.desk, ctx.actor, input)),

  cancel: cancelProcedure
    .meta({ bucket: "cancel", token: "stop" })
    .input(cancelOrderInput)
    .output(order)
    .mutation(({ ctx, input }) => cancelOrder(ctx.desk, ctx.actor, input.orderId)),

  modify: traderProcedure
    .meta({ bucket: "order", token: "order" })
    .input(modifyOrderInput)
    .output(order)
    .mutation(({ ctx, input }) => modifyOrder(ctx.desk, ctx.actor, input)),

  halt: cancelProcedure
    .meta({ bucket: "halt", token: "stop" })
    .input(haltInput)
    .output(tradingState)
    .mutation(({ ctx, input }) => haltTrading(ctx.desk, ctx.actor, input.reason)),

  reduceOnly: traderProcedure
    .meta({ bucket: "halt", token: "order" })
    .output(tradingState)
    .mutation(({ ctx }) => reduceOnly(ctx.desk, ctx.actor)),

  resume: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(resumeInput)
    .output(tradingState)
    .mutation(({ ctx, input }) => resumeTrading(ctx.desk, ctx.actor, input, ctx.address)),

  flatten: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(flattenInput)
    .output(flattened)
    .mutation(({ ctx, input }) => flattenPositions(ctx.desk, ctx.actor, input, ctx.address)),

  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(listOrdersInput)
    .output(orderPage)
    .query(({ ctx, input }) => listOrders(ctx.desk, ctx.actor, input)),

  get: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(orderInputById)
    .output(orderDetail)
    .query(({ ctx, input }) => readOrder(ctx.desk, ctx.actor, input.orderId)),

  preview: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(previewInput)
    .output(preview)
    .query(({ ctx, input }) => previewOrder(ctx.desk, ctx.actor, input)),

  fills: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(listFillsInput)
    .output(fills)
    .query(({ ctx, input }) => listFills(ctx.desk, ctx.actor, input)),

  events: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .input(orderEventsInput)
    .subscription(({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<OrderEventView>> =>
      whileSignedIn(ctx, signal, (open) => watchOrderEvents(ctx.desk, ctx, input.lastEventId ?? null, open)),
    ),
});
