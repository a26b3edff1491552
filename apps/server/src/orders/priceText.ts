import { formatFixed, parseFixed, type Money, type Price } from "@trenddojo/brokers/domain";

/** A price in a sentence: "187.50"; sub-penny prices keep their digits. */
export function priceText(price: Price | Money): string {
  return formatFixed(parseFixed(price), 2);
}
