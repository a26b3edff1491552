import type { IBContract } from "./session/vendorTypes.ts";

/** Interactive Brokers writes the class of a share after a space ("BRK B"), the desk after a point ("BRK.B"). */
export const toIBSymbol = (symbol: string): string => symbol.replaceAll(".", " ");

/** The desk's name of a stock; null for anything else. */
export function symbolOf({ symbol, secType }: IBContract): string | null {
  return secType === "STK" && symbol !== undefined && symbol !== "" ? symbol.replaceAll(" ", ".") : null;
}
