import type { FieldWriter } from "../FieldWriter.ts";
import { orderFamilyOf } from "../orderFamily.ts";
import { UNSET_INT } from "../unset.ts";
import type { WireContract } from "../WireContract.ts";
import type { TagValue, WireDeltaNeutralOrder, WireOrder } from "../WireOrder.ts";
import { writeConditions } from "./writeConditions.ts";

// What open and completed orders have in common. Where a client said nothing, TWS fills in what its own ticket shows.

export function writeTerms(fields: FieldWriter, order: WireOrder): void {
  fields.text(order.action);
  fields.maybe("0", order.totalQuantity);
  fields.text(order.orderType);
  fields.maybe("0.0", order.lmtPrice, order.auxPrice);
  fields.text(order.tif, order.ocaGroup, order.account, order.openClose);
  fields.int(order.origin);
  fields.text(order.orderRef);
}

export function writeDisplay(fields: FieldWriter, order: WireOrder): void {
  fields.bool(order.outsideRth, order.hidden);
  fields.maybe("0", order.discretionaryAmt);
  fields.text(order.goodAfterTime);
}

export function writeAllocation(fields: FieldWriter, order: WireOrder): void {
  fields.text(order.faGroup, order.faMethod, order.faPercentage);
  if (!fields.has("FA_PROFILE_DESUPPORT")) fields.text("");
  fields.text(order.modelCode, order.goodTillDate, order.rule80A === "" ? "0" : order.rule80A);
  fields.maybe("", order.percentOffset);
  fields.text(order.settlingFirm);
  fields.int(order.shortSaleSlot);
  fields.text(order.designatedLocation);
  fields.maybe("-1", order.exemptCode);
}

export function writeBox(fields: FieldWriter, order: WireOrder): void {
  fields.maybe("", order.startingPrice, order.stockRefPrice, order.delta);
  fields.maybe("", order.stockRangeLower, order.stockRangeUpper);
  fields.maybe(UNSET_INT, order.displaySize);
}

/** @param isOpen completed orders say less of the delta-neutral side. */
export function writeVolatility(fields: FieldWriter, order: WireOrder, isOpen: boolean): void {
  fields.maybe("", order.volatility);
  fields.maybe("0", order.volatilityType);
  // The real one names a side always, and so all of its fields follow.
  fields.text(order.deltaNeutralOrderType === "" ? "None" : order.deltaNeutralOrderType);
  fields.maybe("", order.deltaNeutralAuxPrice);
  writeDeltaNeutralOrder(fields, order.deltaNeutral ?? NO_DELTA_NEUTRAL, isOpen);
  fields.bool(order.continuousUpdate);
  fields.maybe("0", order.referencePriceType);
  fields.maybe("", order.trailStopPrice, order.trailingPercent);
}

const NO_DELTA_NEUTRAL: WireDeltaNeutralOrder = {
  conId: 0,
  settlingFirm: "",
  clearingAccount: "",
  clearingIntent: "",
  openClose: "?",
  shortSale: false,
  shortSaleSlot: 0,
  designatedLocation: "",
};

function writeDeltaNeutralOrder(fields: FieldWriter, side: WireDeltaNeutralOrder, isOpen: boolean): void {
  fields.int(side.conId);
  if (isOpen) fields.text(side.settlingFirm, side.clearingAccount, side.clearingIntent, side.openClose);
  fields.bool(side.shortSale);
  fields.int(side.shortSaleSlot);
  fields.text(side.designatedLocation);
}

export function writeCombo(fields: FieldWriter, { comboLegs }: WireContract, order: WireOrder): void {
  fields.text(comboLegs.map(({ conId, ratio, action }) => `${conId}|${action === "SELL" ? -ratio : ratio}`).join(","));
  fields.list(comboLegs, (leg) => {
    fields.int(leg.conId, leg.ratio);
    fields.text(leg.action, leg.exchange);
    fields.maybe("0", leg.openClose, leg.shortSaleSlot);
    fields.text(leg.designatedLocation);
    fields.maybe("-1", leg.exemptCode);
  });
  fields.list(order.legPrices, (price) => fields.maybe("", price));
  fields.list(order.smartComboRoutingParams, (param) => writeTagValue(fields, param));
}

export function writeScaleAndHedge(fields: FieldWriter, order: WireOrder): void {
  fields.maybe("", order.scaleInitLevelSize, order.scaleSubsLevelSize, order.scalePriceIncrement);
  const steps = order.scaleSteps;
  if (steps !== null) {
    fields.maybe("", steps.priceAdjustValue, steps.priceAdjustInterval, steps.profitOffset);
    fields.bool(steps.autoReset);
    fields.maybe("", steps.initPosition, steps.initFillQty);
    fields.bool(steps.randomPercent);
  }
  fields.text(order.hedgeType);
  if (order.hedgeType !== "") fields.text(order.hedgeParam);
}

export function writeClearingAndAlgorithm(fields: FieldWriter, { deltaNeutral }: WireContract, order: WireOrder): void {
  fields.text(order.clearingAccount, order.clearingIntent === "" ? "IB" : order.clearingIntent);
  fields.bool(order.notHeld, deltaNeutral !== null);
  if (deltaNeutral !== null) {
    fields.int(deltaNeutral.conId);
    fields.maybe("0", deltaNeutral.delta, deltaNeutral.price);
  }
  fields.text(order.algoStrategy);
  if (order.algoStrategy !== "") fields.list(order.algoParams, (param) => writeTagValue(fields, param));
  fields.bool(order.solicited);
}

export function writeRandomizingAndConditions(fields: FieldWriter, order: WireOrder): void {
  fields.bool(order.randomizeSize, order.randomizePrice);
  if (orderFamilyOf(order.orderType) === "PEG BENCH") writeBenchmark(fields, order.benchmark);
  writeConditions(fields, order);
}

function writeBenchmark(fields: FieldWriter, benchmark: WireOrder["benchmark"]): void {
  fields.int(benchmark?.contractId ?? 0);
  fields.bool(benchmark?.isDecrease ?? false);
  fields.maybe("0", benchmark?.peggedChange ?? null, benchmark?.referenceChange ?? null);
  fields.text(benchmark?.exchangeId ?? "");
}

export function writeOffsetsAndCustomer(fields: FieldWriter, order: WireOrder): void {
  if (fields.has("PEGBEST_PEGMID_OFFSETS")) {
    fields.maybe("", order.minTradeQty, order.minCompeteSize, order.competeAgainstBestOffset);
    fields.maybe("", order.midOffsetAtWhole, order.midOffsetAtHalf);
  }
  if (fields.has("CUSTOMER_ACCOUNT")) fields.text(order.customerAccount);
  if (fields.has("PROFESSIONAL_CUSTOMER")) fields.bool(order.professionalCustomer);
}

function writeTagValue(fields: FieldWriter, { tag, value }: TagValue): void {
  fields.text(tag, value);
}
