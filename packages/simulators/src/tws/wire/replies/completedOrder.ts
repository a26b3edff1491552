import type { FieldWriter } from "../FieldWriter.ts";
import type { CompletedOrder } from "../TwsReply.ts";
import { UNSET_DOUBLE, UNSET_INT } from "../unset.ts";
import type { WireOrder } from "../WireOrder.ts";
import { writeContract } from "./writeContract.ts";
import {
  writeAllocation,
  writeBox,
  writeClearingAndAlgorithm,
  writeCombo,
  writeDisplay,
  writeOffsetsAndCustomer,
  writeRandomizingAndConditions,
  writeScaleAndHedge,
  writeTerms,
  writeVolatility,
} from "./writeOrder.ts";

/** Like an open order, without its ids, its parent and its margin, and with how it ended. */
export function writeCompletedOrder(fields: FieldWriter, reply: CompletedOrder): void {
  const { contract, order } = reply;
  writeContract(fields, contract, "?");
  writeTerms(fields, order);
  fields.int(reply.permId);
  writeDisplay(fields, order);
  writeAllocation(fields, order);
  writeBox(fields, order);
  writeAttributes(fields, order);
  writeVolatility(fields, order, false);
  writeCombo(fields, contract, order);
  writeScaleAndHedge(fields, order);
  writeClearingAndAlgorithm(fields, contract, order);
  fields.text(reply.status);
  writeRandomizingAndConditions(fields, order);
  writeEnd(fields, reply);
  writeOffsetsAndCustomer(fields, order);
}

function writeAttributes(fields: FieldWriter, order: WireOrder): void {
  fields.bool(order.sweepToFill, order.allOrNone);
  fields.maybe("", order.minQty);
  fields.int(order.ocaType, order.triggerMethod);
}

function writeEnd(fields: FieldWriter, reply: CompletedOrder): void {
  const { order } = reply;
  fields.maybe(UNSET_DOUBLE, order.trailStopPrice, order.lmtPriceOffset);
  fields.maybe("0.0", order.cashQty);
  fields.bool(order.dontUseAutoPriceForHedge, order.isOmsContainer);
  fields.text(""); // the date of an automatic cancel
  fields.decimal(reply.filledQuantity);
  fields.text(UNSET_INT); // the future that it refers to
  fields.bool(order.autoCancelParent);
  fields.text(""); // the shareholder
  fields.bool(false, false); // only for imbalances; routed to the best where marketable
  fields.int(reply.parentPermId);
  fields.text(reply.completedTime, reply.completedStatus);
}
