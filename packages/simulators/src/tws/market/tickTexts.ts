import { fixedFromTick, formatFixed } from "@trenddojo/brokers/domain";

/** A tick's number as it is written; "-1" where nobody quotes. */
export function priceText(price: number | null): string {
  return price === null ? "-1" : formatFixed(fixedFromTick(price));
}

export function sizeText(size: number | null): string {
  return size === null ? "0" : formatFixed(fixedFromTick(size));
}
