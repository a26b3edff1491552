import { formatDecimal, MONEY, PRICE, QUANTITY } from "../lib/decimalText.ts";
import type { DecimalFormat } from "../lib/decimalText.ts";

interface DecimalTextProps {
  /** A decimal string from the wire, a plain number of a tick, or null where it is not known. */
  readonly value: string | number | null;
  readonly format: DecimalFormat;
  readonly className?: string;
}

/** A number in tabular figures. */
export function DecimalText({ value, format, className = "" }: DecimalTextProps) {
  return <span className={`num ${className}`}>{formatDecimal(value, format)}</span>;
}

type PlainProps = Omit<DecimalTextProps, "format">;

export const MoneyText = (props: PlainProps) => <DecimalText {...props} format={MONEY} />;
export const PriceText = (props: PlainProps) => <DecimalText {...props} format={PRICE} />;
export const QuantityText = (props: PlainProps) => <DecimalText {...props} format={QUANTITY} />;
