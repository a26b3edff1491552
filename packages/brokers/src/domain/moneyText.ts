import { formatFixed, roundTo, type Fixed } from "./decimal.ts";

/** Dollars in a sentence, to the cent: "289,360.00". For people only: what is stored or sent is canonical. */
export function moneyText(value: Fixed): string {
  const [whole = "", cents = ""] = formatFixed(roundTo(value, 2, "half_even"), 2).split(".");
  return `${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}.${cents}`;
}
