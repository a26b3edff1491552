import type { DecimalFormat } from "../../../lib/decimalText.ts";

/** Cents, and ten-thousandths below a dollar, as prices are quoted: the middle of a quote has a digit more at times. */
export function markFormat(price: string | null): DecimalFormat {
  const decimals = price !== null && Number(price) < 1 ? 4 : 2;
  return { minDecimals: decimals, maxDecimals: decimals };
}
