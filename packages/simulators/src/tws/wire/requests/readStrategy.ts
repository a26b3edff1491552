import type { FieldReader } from "../FieldReader.ts";
import type { TagValue, WireDeltaNeutralOrder, WireOrder, WireScaleSteps } from "../WireOrder.ts";

/** A volatility order, and the delta-neutral side where one is named. */
export function readVolatility(fields: FieldReader) {
  const volatility = fields.decimal();
  const volatilityType = fields.intOrNull();
  const deltaNeutralOrderType = fields.text();
  const deltaNeutralAuxPrice = fields.decimal();
  return {
    volatility,
    volatilityType,
    deltaNeutralOrderType,
    deltaNeutralAuxPrice,
    deltaNeutral: deltaNeutralOrderType === "" ? null : readDeltaNeutralOrder(fields),
    continuousUpdate: fields.bool(),
    referencePriceType: fields.intOrNull(),
  };
}

function readDeltaNeutralOrder(fields: FieldReader): WireDeltaNeutralOrder {
  return {
    conId: fields.int(),
    settlingFirm: fields.text(),
    clearingAccount: fields.text(),
    clearingIntent: fields.text(),
    openClose: fields.text(),
    shortSale: fields.bool(),
    shortSaleSlot: fields.int(),
    designatedLocation: fields.text(),
  };
}

/** Levels, and what happens at each where the increment is positive. */
export function readScale(fields: FieldReader) {
  const scaleInitLevelSize = fields.intOrNull();
  const scaleSubsLevelSize = fields.intOrNull();
  const scalePriceIncrement = fields.decimal();
  return {
    scaleInitLevelSize,
    scaleSubsLevelSize,
    scalePriceIncrement,
    scaleSteps: Number(scalePriceIncrement) > 0 ? readScaleSteps(fields) : null,
    scaleTable: fields.text(),
    activeStartTime: fields.text(),
    activeStopTime: fields.text(),
  };
}

function readScaleSteps(fields: FieldReader): WireScaleSteps {
  return {
    priceAdjustValue: fields.decimal(),
    priceAdjustInterval: fields.intOrNull(),
    profitOffset: fields.decimal(),
    autoReset: fields.bool(),
    initPosition: fields.intOrNull(),
    initFillQty: fields.intOrNull(),
    randomPercent: fields.bool(),
  };
}

/** An algorithm and, where one is named, its parameters. */
export function readAlgorithm(fields: FieldReader) {
  const algoStrategy = fields.text();
  return {
    algoStrategy,
    algoParams: algoStrategy === "" ? [] : fields.list(() => readTagValue(fields)),
    algoId: fields.text(),
  };
}

/** A name and its value. */
export function readTagValue(fields: FieldReader): TagValue {
  return { tag: fields.text(), value: fields.text() };
}

/** What an order pegged to a benchmark says of it. */
export function readBenchmark(fields: FieldReader): NonNullable<WireOrder["benchmark"]> {
  return {
    contractId: fields.int(),
    isDecrease: fields.bool(),
    peggedChange: fields.decimal(),
    referenceChange: fields.decimal(),
    exchangeId: fields.text(),
  };
}

/** What a stop turns into when another price is reached. */
export function readAdjustment(fields: FieldReader) {
  return {
    adjustedOrderType: fields.text(),
    triggerPrice: fields.decimal(),
    lmtPriceOffset: fields.decimal(),
    adjustedStopPrice: fields.decimal(),
    adjustedStopLimitPrice: fields.decimal(),
    adjustedTrailingAmount: fields.decimal(),
    adjustableTrailingUnit: fields.int(),
  };
}
