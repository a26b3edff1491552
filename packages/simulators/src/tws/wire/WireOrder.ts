import type { WireCondition } from "./WireCondition.ts";
import type { DecimalText } from "./WireContract.ts";

/** A name and its value, of an algorithm or a route. */
export interface TagValue {
  readonly tag: string;
  readonly value: string;
}

/** What most orders are made of. */
interface Terms {
  readonly action: string;
  readonly totalQuantity: DecimalText | null;
  readonly orderType: string;
  readonly lmtPrice: DecimalText | null;
  readonly auxPrice: DecimalText | null;
  readonly tif: string;
  readonly ocaGroup: string;
  /** 1 cancels with block, 2 reduces with block, 3 reduces without; 0 where nothing is said. */
  readonly ocaType: number;
  readonly account: string;
  readonly openClose: string;
  readonly origin: number;
  readonly orderRef: string;
  /** Nothing said is false. */
  readonly transmit: boolean;
  readonly parentId: number;
  readonly outsideRth: boolean;
  readonly goodAfterTime: string;
  readonly goodTillDate: string;
  readonly trailStopPrice: DecimalText | null;
  readonly trailingPercent: DecimalText | null;
  readonly cashQty: DecimalText | null;
  readonly whatIf: boolean;
}

/** How an order is shown and worked. */
interface Handling {
  readonly blockOrder: boolean;
  readonly sweepToFill: boolean;
  readonly displaySize: number | null;
  readonly triggerMethod: number;
  readonly hidden: boolean;
  readonly discretionaryAmt: DecimalText | null;
  readonly allOrNone: boolean;
  readonly minQty: number | null;
  readonly percentOffset: DecimalText | null;
  readonly eTradeOnly: boolean;
  readonly firmQuoteOnly: boolean;
  readonly nbboPriceCap: DecimalText | null;
  readonly overridePercentageConstraints: boolean;
  readonly optOutSmartRouting: boolean;
  readonly notHeld: boolean;
  readonly solicited: boolean;
  readonly randomizeSize: boolean;
  readonly randomizePrice: boolean;
  readonly dontUseAutoPriceForHedge: boolean;
  readonly isOmsContainer: boolean;
  readonly discretionaryUpToLimitPrice: boolean;
  /** Null leaves it to the gateway. */
  readonly usePriceMgmtAlgo: boolean | null;
  readonly duration: number | null;
  readonly postToAts: number | null;
  readonly autoCancelParent: boolean;
  readonly includeOvernight: boolean;
}

/** Whose order it is, and who clears it. */
interface Ownership {
  readonly faGroup: string;
  readonly faMethod: string;
  readonly faPercentage: string;
  readonly modelCode: string;
  readonly shortSaleSlot: number;
  readonly designatedLocation: string;
  readonly exemptCode: number | null;
  readonly rule80A: string;
  readonly settlingFirm: string;
  readonly clearingAccount: string;
  readonly clearingIntent: string;
  readonly extOperator: string;
  readonly softDollarName: string;
  readonly softDollarValue: string;
  readonly mifid2DecisionMaker: string;
  readonly mifid2DecisionAlgo: string;
  readonly mifid2ExecutionTrader: string;
  readonly mifid2ExecutionAlgo: string;
  readonly advancedErrorOverride: string;
  readonly manualOrderTime: string;
  readonly customerAccount: string;
  readonly professionalCustomer: boolean;
  readonly manualOrderIndicator: number | null;
}

/** The delta-neutral order that hedges a volatility order. */
export interface WireDeltaNeutralOrder {
  readonly conId: number;
  readonly settlingFirm: string;
  readonly clearingAccount: string;
  readonly clearingIntent: string;
  readonly openClose: string;
  readonly shortSale: boolean;
  readonly shortSaleSlot: number;
  readonly designatedLocation: string;
}

/** Auctions, volatility orders, and orders pegged to something. */
interface Pegs {
  readonly auctionStrategy: number | null;
  readonly startingPrice: DecimalText | null;
  readonly stockRefPrice: DecimalText | null;
  readonly delta: DecimalText | null;
  readonly stockRangeLower: DecimalText | null;
  readonly stockRangeUpper: DecimalText | null;
  readonly volatility: DecimalText | null;
  readonly volatilityType: number | null;
  readonly deltaNeutralOrderType: string;
  readonly deltaNeutralAuxPrice: DecimalText | null;
  /** Null without a `deltaNeutralOrderType`. */
  readonly deltaNeutral: WireDeltaNeutralOrder | null;
  readonly continuousUpdate: boolean;
  readonly referencePriceType: number | null;
  /** Of PEG BENCH alone. */
  readonly benchmark: {
    readonly contractId: number;
    readonly isDecrease: boolean;
    readonly peggedChange: DecimalText | null;
    readonly referenceChange: DecimalText | null;
    readonly exchangeId: string;
  } | null;
  readonly minTradeQty: number | null;
  readonly minCompeteSize: number | null;
  /** "Infinity" competes up to the midpoint. */
  readonly competeAgainstBestOffset: DecimalText | null;
  readonly midOffsetAtWhole: DecimalText | null;
  readonly midOffsetAtHalf: DecimalText | null;
}

/** What a scale order does at each level; there is none without a positive increment. */
export interface WireScaleSteps {
  readonly priceAdjustValue: DecimalText | null;
  readonly priceAdjustInterval: number | null;
  readonly profitOffset: DecimalText | null;
  readonly autoReset: boolean;
  readonly initPosition: number | null;
  readonly initFillQty: number | null;
  readonly randomPercent: boolean;
}

/** Scales, hedges, algorithms, combinations, conditions, adjustments. */
interface Strategy {
  readonly scaleInitLevelSize: number | null;
  readonly scaleSubsLevelSize: number | null;
  readonly scalePriceIncrement: DecimalText | null;
  readonly scaleSteps: WireScaleSteps | null;
  readonly scaleTable: string;
  readonly activeStartTime: string;
  readonly activeStopTime: string;
  readonly hedgeType: string;
  readonly hedgeParam: string;
  readonly algoStrategy: string;
  readonly algoParams: readonly TagValue[];
  readonly algoId: string;
  readonly miscOptions: string;
  /** Prices of the legs of a BAG. */
  readonly legPrices: readonly (DecimalText | null)[];
  readonly smartComboRoutingParams: readonly TagValue[];
  readonly conditions: readonly WireCondition[];
  readonly conditionsIgnoreRth: boolean;
  readonly conditionsCancelOrder: boolean;
  readonly adjustedOrderType: string;
  readonly triggerPrice: DecimalText | null;
  readonly lmtPriceOffset: DecimalText | null;
  readonly adjustedStopPrice: DecimalText | null;
  readonly adjustedStopLimitPrice: DecimalText | null;
  readonly adjustedTrailingAmount: DecimalText | null;
  readonly adjustableTrailingUnit: number;
}

/** An order on the wire, in either direction: vendor's names, nothing judged. Null is what was left unset. */
export interface WireOrder extends Terms, Handling, Ownership, Pegs, Strategy {}
