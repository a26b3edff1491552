import type { FieldReader } from "../FieldReader.ts";
import { NO_CONTRACT, type WireComboLeg, type WireContract, type WireDeltaNeutralContract } from "../WireContract.ts";

/** The twelve fields that name a contract. (Object literals are read in their order: it is the wire's, here as elsewhere.) */
export function readContract(fields: FieldReader): WireContract {
  return {
    ...NO_CONTRACT,
    conId: fields.int(),
    symbol: fields.text(),
    secType: fields.text(),
    lastTradeDateOrContractMonth: fields.text(),
    strike: fields.decimal(),
    right: fields.text(),
    multiplier: fields.text(),
    exchange: fields.text(),
    primaryExch: fields.text(),
    currency: fields.text(),
    localSymbol: fields.text(),
    tradingClass: fields.text(),
  };
}

export function isCombo({ secType }: WireContract): boolean {
  return secType.toUpperCase() === "BAG";
}

/** The legs of a BAG as data requests have them; none of another contract. */
export function readDataLegs(fields: FieldReader, contract: WireContract): readonly WireComboLeg[] {
  if (!isCombo(contract)) return [];
  return fields.list(() => ({
    ...readLeg(fields),
    openClose: null,
    shortSaleSlot: null,
    designatedLocation: "",
    exemptCode: null,
  }));
}

/** A leg as data requests have it; orders say more. */
export function readLeg(fields: FieldReader): Pick<WireComboLeg, "conId" | "ratio" | "action" | "exchange"> {
  return { conId: fields.int(), ratio: fields.int(), action: fields.text(), exchange: fields.text() };
}

/** Whether there is one, and if so its three fields. */
export function readDeltaNeutral(fields: FieldReader): WireDeltaNeutralContract | null {
  return fields.bool() ? { conId: fields.int(), delta: fields.decimal(), price: fields.decimal() } : null;
}
