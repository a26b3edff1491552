import type { FieldReader } from "../FieldReader.ts";
import { orderFamilyOf } from "../orderFamily.ts";
import type { PlaceOrder } from "../TwsRequest.ts";
import type { WireContract } from "../WireContract.ts";
import type { WireOrder } from "../WireOrder.ts";
import { readConditions } from "./readConditions.ts";
import { isCombo, readContract, readDeltaNeutral, readLeg } from "./readContract.ts";
import { readNewer } from "./readNewer.ts";
import {
  readAdjustment,
  readAlgorithm,
  readBenchmark,
  readScale,
  readTagValue,
  readVolatility,
} from "./readStrategy.ts";

/** Each part in the wire's order; literals too. */
export function readPlaceOrder(fields: FieldReader): PlaceOrder {
  const orderId = fields.id();
  const named = { ...readContract(fields), secIdType: fields.text(), secId: fields.text() };
  const terms = readTerms(fields);
  const combo = readCombo(fields, named);
  const allocation = readAllocation(fields);
  const attributes = readAttributes(fields);
  const volatility = readVolatility(fields);
  const trail = { trailStopPrice: fields.decimal(), trailingPercent: fields.decimal() };
  const scale = readScale(fields);
  const clearing = readClearing(fields);
  const deltaNeutral = readDeltaNeutral(fields);
  const algorithm = readAlgorithm(fields);
  const flags = readFlags(fields);
  const benchmark = orderFamilyOf(terms.orderType) === "PEG BENCH" ? readBenchmark(fields) : null;
  const conditions = readConditions(fields);
  const adjustment = readAdjustment(fields);
  const regulation = readRegulation(fields);
  const newer = readNewer(fields, terms.orderType, named.exchange);
  const order: WireOrder = {
    ...terms,
    legPrices: combo.legPrices,
    smartComboRoutingParams: combo.smartComboRoutingParams,
    ...allocation,
    ...attributes,
    ...volatility,
    ...trail,
    ...scale,
    ...clearing,
    ...algorithm,
    ...flags,
    benchmark,
    ...conditions,
    ...adjustment,
    ...regulation,
    ...newer,
  };
  return { kind: "placeOrder", orderId, contract: { ...named, comboLegs: combo.legs, deltaNeutral }, order };
}

function readTerms(fields: FieldReader) {
  return {
    action: fields.text(),
    totalQuantity: fields.decimal(),
    orderType: fields.text(),
    lmtPrice: fields.decimal(),
    auxPrice: fields.decimal(),
    tif: fields.text(),
    ocaGroup: fields.text(),
    account: fields.text(),
    openClose: fields.text(),
    origin: fields.int(),
    orderRef: fields.text(),
    transmit: fields.bool(),
    parentId: fields.int(),
    blockOrder: fields.bool(),
    sweepToFill: fields.bool(),
    displaySize: fields.intOrNull(),
    triggerMethod: fields.int(),
    outsideRth: fields.bool(),
    hidden: fields.bool(),
  };
}

function readCombo(fields: FieldReader, contract: WireContract) {
  if (!isCombo(contract)) return { legs: [], legPrices: [], smartComboRoutingParams: [] };
  return {
    legs: fields.list(() => ({
      ...readLeg(fields),
      openClose: fields.intOrNull(),
      shortSaleSlot: fields.intOrNull(),
      designatedLocation: fields.text(),
      exemptCode: fields.intOrNull(),
    })),
    legPrices: fields.list(() => fields.decimal()),
    smartComboRoutingParams: fields.list(() => readTagValue(fields)),
  };
}

function readAllocation(fields: FieldReader) {
  fields.skip(); // the deprecated sharesAllocation
  const allocation = {
    discretionaryAmt: fields.decimal(),
    goodAfterTime: fields.text(),
    goodTillDate: fields.text(),
    faGroup: fields.text(),
    faMethod: fields.text(),
    faPercentage: fields.text(),
  };
  if (!fields.has("FA_PROFILE_DESUPPORT")) fields.skip();
  return { ...allocation, modelCode: fields.text() };
}

function readAttributes(fields: FieldReader) {
  return {
    shortSaleSlot: fields.int(),
    designatedLocation: fields.text(),
    exemptCode: fields.intOrNull(),
    ocaType: fields.int(),
    rule80A: fields.text(),
    settlingFirm: fields.text(),
    allOrNone: fields.bool(),
    minQty: fields.intOrNull(),
    percentOffset: fields.decimal(),
    eTradeOnly: fields.bool(),
    firmQuoteOnly: fields.bool(),
    nbboPriceCap: fields.decimal(),
    auctionStrategy: fields.intOrNull(),
    startingPrice: fields.decimal(),
    stockRefPrice: fields.decimal(),
    delta: fields.decimal(),
    stockRangeLower: fields.decimal(),
    stockRangeUpper: fields.decimal(),
    overridePercentageConstraints: fields.bool(),
  };
}

function readClearing(fields: FieldReader) {
  const hedgeType = fields.text();
  return {
    hedgeType,
    hedgeParam: hedgeType === "" ? "" : fields.text(),
    optOutSmartRouting: fields.bool(),
    clearingAccount: fields.text(),
    clearingIntent: fields.text(),
    notHeld: fields.bool(),
  };
}

function readFlags(fields: FieldReader) {
  return {
    whatIf: fields.bool(),
    miscOptions: fields.text(),
    solicited: fields.bool(),
    randomizeSize: fields.bool(),
    randomizePrice: fields.bool(),
  };
}

function readRegulation(fields: FieldReader) {
  return {
    extOperator: fields.text(),
    softDollarName: fields.text(),
    softDollarValue: fields.text(),
    cashQty: fields.decimal(),
    mifid2DecisionMaker: fields.text(),
    mifid2DecisionAlgo: fields.text(),
    mifid2ExecutionTrader: fields.text(),
    mifid2ExecutionAlgo: fields.text(),
    dontUseAutoPriceForHedge: fields.bool(),
    isOmsContainer: fields.bool(),
    discretionaryUpToLimitPrice: fields.bool(),
    usePriceMgmtAlgo: fields.boolOrNull(),
  };
}
