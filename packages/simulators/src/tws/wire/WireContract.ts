/**
 * A decimal as text, exact: digits, a sign, a point; never an exponent. What the peer wrote, so that "150.10" stays
 * "150.10"; how many decimals make sense is for the reader of the request to say.
 */
export type DecimalText = string;

/** One leg of a BAG. What only orders carry is null in other requests. */
export interface WireComboLeg {
  readonly conId: number;
  readonly ratio: number;
  readonly action: string;
  readonly exchange: string;
  readonly openClose: number | null;
  readonly shortSaleSlot: number | null;
  readonly designatedLocation: string;
  readonly exemptCode: number | null;
}

/** The other side of a delta-neutral combination. */
export interface WireDeltaNeutralContract {
  readonly conId: number;
  readonly delta: DecimalText | null;
  readonly price: DecimalText | null;
}

/** A contract on the wire, in either direction; "" and null where nothing is said. A conId of 0 is none. */
export interface WireContract {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly lastTradeDateOrContractMonth: string;
  readonly strike: DecimalText | null;
  readonly right: string;
  readonly multiplier: string;
  readonly exchange: string;
  readonly primaryExch: string;
  readonly currency: string;
  readonly localSymbol: string;
  readonly tradingClass: string;
  readonly includeExpired: boolean;
  readonly secIdType: string;
  readonly secId: string;
  /** Of bonds, from version 176 on. */
  readonly issuerId: string;
  readonly comboLegs: readonly WireComboLeg[];
  readonly deltaNeutral: WireDeltaNeutralContract | null;
}

/** A contract that says nothing; spread it and say what there is. */
export const NO_CONTRACT: WireContract = {
  conId: 0,
  symbol: "",
  secType: "",
  lastTradeDateOrContractMonth: "",
  strike: null,
  right: "",
  multiplier: "",
  exchange: "",
  primaryExch: "",
  currency: "",
  localSymbol: "",
  tradingClass: "",
  includeExpired: false,
  secIdType: "",
  secId: "",
  issuerId: "",
  comboLegs: [],
  deltaNeutral: null,
};
