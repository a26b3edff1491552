import type { FieldWriter } from "../FieldWriter.ts";
import type { CommissionReport, ExecutionDetails, OrderStatus } from "../TwsReply.ts";
import { UNSET_DOUBLE } from "../unset.ts";
import { writeContract } from "./writeContract.ts";

export function writeOrderStatus(fields: FieldWriter, reply: OrderStatus): void {
  fields.int(reply.orderId);
  fields.text(reply.status);
  fields.decimal(reply.filled, reply.remaining, reply.avgFillPrice);
  fields.int(reply.permId, reply.parentId);
  fields.decimal(reply.lastFillPrice);
  fields.int(reply.clientId);
  fields.text(reply.whyHeld);
  fields.decimal(reply.mktCapPrice);
}

export function writeExecution(fields: FieldWriter, reply: ExecutionDetails): void {
  fields.int(reply.requestId, reply.orderId);
  writeContract(fields, reply.contract);
  fields.text(reply.execId, reply.time, reply.account, reply.exchange, reply.side);
  fields.decimal(reply.shares, reply.price);
  fields.int(reply.permId, reply.clientId, reply.liquidation);
  fields.decimal(reply.cumQty, reply.avgPrice);
  fields.text(reply.orderRef, reply.evRule);
  fields.maybe("", reply.evMultiplier);
  fields.text(reply.modelCode);
  fields.int(reply.lastLiquidity);
  if (fields.has("PENDING_PRICE_REVISION")) fields.bool(reply.pendingPriceRevision);
}

export function writeCommission(fields: FieldWriter, reply: CommissionReport): void {
  fields.int(1);
  fields.text(reply.execId);
  fields.maybe(UNSET_DOUBLE, reply.commission);
  fields.text(reply.currency);
  fields.maybe(UNSET_DOUBLE, reply.realizedPnl, reply.yield);
  fields.int(reply.yieldRedemptionDate);
}
