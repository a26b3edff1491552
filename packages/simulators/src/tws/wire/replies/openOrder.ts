import type { FieldWriter } from "../FieldWriter.ts";
import type { OpenOrder, WireOrderState } from "../TwsReply.ts";
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

export function writeOpenOrder(fields: FieldWriter, reply: OpenOrder): void {
  const { contract, order, state } = reply;
  fields.int(reply.orderId);
  writeContract(fields, contract, "?");
  writeTerms(fields, order);
  fields.int(reply.clientId, reply.permId);
  writeDisplay(fields, order);
  fields.text(""); // the deprecated sharesAllocation
  writeAllocation(fields, order);
  fields.maybe("0", order.auctionStrategy);
  writeBox(fields, order);
  writeAttributes(fields, order);
  writeVolatility(fields, order, true);
  fields.text("", ""); // basis points of exchange-for-physicals, and their type
  writeCombo(fields, contract, order);
  writeScaleAndHedge(fields, order);
  fields.bool(order.optOutSmartRouting);
  writeClearingAndAlgorithm(fields, contract, order);
  fields.bool(order.whatIf);
  writeState(fields, state);
  writeRandomizingAndConditions(fields, order);
  writeAdjustment(fields, order);
  writeNewer(fields, order);
}

function writeAttributes(fields: FieldWriter, order: WireOrder): void {
  fields.bool(order.blockOrder, order.sweepToFill, order.allOrNone);
  fields.maybe("", order.minQty);
  fields.int(order.ocaType);
  fields.bool(order.eTradeOnly, order.firmQuoteOnly);
  fields.maybe("", order.nbboPriceCap);
  fields.int(order.parentId, order.triggerMethod);
}

function writeState(fields: FieldWriter, state: WireOrderState): void {
  fields.text(state.status);
  fields.maybe(UNSET_DOUBLE, state.initMarginBefore, state.maintMarginBefore, state.equityWithLoanBefore);
  fields.maybe(UNSET_DOUBLE, state.initMarginChange, state.maintMarginChange, state.equityWithLoanChange);
  fields.maybe(UNSET_DOUBLE, state.initMarginAfter, state.maintMarginAfter, state.equityWithLoanAfter);
  fields.maybe("", state.commission, state.minCommission, state.maxCommission);
  fields.text(state.commissionCurrency, state.warningText);
}

function writeAdjustment(fields: FieldWriter, order: WireOrder): void {
  fields.text(order.adjustedOrderType === "" ? "None" : order.adjustedOrderType);
  fields.maybe(UNSET_DOUBLE, order.triggerPrice, order.trailStopPrice, order.lmtPriceOffset);
  fields.maybe(UNSET_DOUBLE, order.adjustedStopPrice, order.adjustedStopLimitPrice, order.adjustedTrailingAmount);
  fields.int(order.adjustableTrailingUnit);
}

function writeNewer(fields: FieldWriter, order: WireOrder): void {
  fields.text(order.softDollarName, order.softDollarValue, ""); // and its name for display
  fields.maybe("0.0", order.cashQty);
  fields.bool(order.dontUseAutoPriceForHedge, order.isOmsContainer, order.discretionaryUpToLimitPrice);
  fields.bool(order.usePriceMgmtAlgo ?? false);
  if (fields.has("DURATION")) fields.maybe(UNSET_INT, order.duration);
  if (fields.has("POST_TO_ATS")) fields.maybe(UNSET_INT, order.postToAts);
  if (fields.has("AUTO_CANCEL_PARENT")) fields.bool(order.autoCancelParent);
  writeOffsetsAndCustomer(fields, order);
  if (fields.has("BOND_ACCRUED_INTEREST")) fields.text("");
  if (fields.has("INCLUDE_OVERNIGHT")) fields.bool(order.includeOvernight);
  if (!fields.has("CME_TAGGING_FIELDS_IN_OPEN_ORDER")) return;
  fields.text(order.extOperator);
  fields.maybe(UNSET_INT, order.manualOrderIndicator);
}
