import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";

/** The exact sum, canonical. @throws DecimalError for a text that is no decimal */
export function addDecimals(texts: readonly string[]): string {
  return formatFixed(texts.reduce((sum, text) => sum + parseFixed(text), 0n));
}
