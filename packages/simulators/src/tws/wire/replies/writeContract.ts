import type { FieldWriter } from "../FieldWriter.ts";
import type { WireContract } from "../WireContract.ts";

/** The eleven fields that name a contract. @param noRight what stands where an option has its right. */
export function writeContract(fields: FieldWriter, contract: WireContract, noRight = ""): void {
  writeInstrument(fields, contract, noRight);
  fields.text(contract.exchange, contract.currency, contract.localSymbol, contract.tradingClass);
}

/** Up to the multiplier: after it, portfolios name the primary exchange. */
export function writeInstrument(fields: FieldWriter, contract: WireContract, noRight: string): void {
  fields.int(contract.conId);
  fields.text(contract.symbol, contract.secType, contract.lastTradeDateOrContractMonth);
  fields.maybe("0", contract.strike);
  fields.text(contract.right === "" ? noRight : contract.right, contract.multiplier);
}
