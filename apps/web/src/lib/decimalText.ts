/** Shown for a number that is not known. */
export const NO_VALUE = "—";

export interface DecimalFormat {
  readonly minDecimals?: number;
  readonly maxDecimals?: number;
  /** Always with + or −; zero without. */
  readonly signed?: boolean;
  readonly currency?: "USD";
  readonly percent?: boolean;
  readonly compact?: boolean;
  /** Exactly so many significant digits. */
  readonly significant?: number;
}

const formatters = new Map<string, Intl.NumberFormat>();
/** Those of the formats that are written below and asked for all the time: to spell one out costs more than to format. */
const ofFormat = new WeakMap<DecimalFormat, Intl.NumberFormat>();

/**
 * A number for people, in their locale, with a true minus sign. A decimal string is formatted exactly: it never
 * becomes a float on the way. A fraction with `percent` shows as per cent.
 */
export function formatDecimal(value: string | number | null, format: DecimalFormat = {}, locale?: string): string {
  if (value === null) return NO_VALUE;
  const fitting = format.compact === true && Math.abs(Number(value)) >= 1000 ? SHORTENED : format;
  if (typeof value === "number")
    return Number.isFinite(value) ? clean(formatterOf(fitting, locale).format(value)) : NO_VALUE;
  return isNumeric(value) ? clean(formatterOf(fitting, locale).format(value)) : NO_VALUE;
}

/** −1, 0 or 1 of a number as it is shown: a loss that rounds to nothing is none. */
export function shownSign(value: string | number | null, format: DecimalFormat): -1 | 0 | 1 {
  return formatDecimal(value, format) === formatDecimal(0, format) ? 0 : signOf(value);
}

/** −1, 0 or 1 of a decimal string. */
export function signOf(value: string | number | null): -1 | 0 | 1 {
  if (value === null) return 0;
  const text = String(value);
  if (/^-?[0.]*$/.test(text)) return 0;
  return text.startsWith("-") ? -1 : 1;
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function clean(text: string): string {
  return text.replace("-", "\u2212");
}

function formatterOf(format: DecimalFormat, locale: string | undefined): Intl.NumberFormat {
  if (locale !== undefined) return formatterNamed(format, locale);
  const known = ofFormat.get(format);
  if (known !== undefined) return known;
  const made = formatterNamed(format, locale);
  ofFormat.set(format, made);
  return made;
}

function formatterNamed(format: DecimalFormat, locale: string | undefined): Intl.NumberFormat {
  const key = `${locale ?? ""} ${JSON.stringify(format)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const minimumFractionDigits = format.minDecimals ?? 0;
  const formatter = new Intl.NumberFormat(locale, {
    ...(format.currency === undefined
      ? {}
      : { style: "currency", currency: format.currency, currencyDisplay: "narrowSymbol" }),
    ...(format.percent === true ? { style: "percent" } : {}),
    ...(format.compact === true ? { notation: "compact" } : {}),
    signDisplay: format.signed === true ? "exceptZero" : "negative",
    minimumFractionDigits,
    maximumFractionDigits: Math.max(minimumFractionDigits, format.maxDecimals ?? 9),
    ...(format.significant === undefined
      ? {}
      : { minimumSignificantDigits: format.significant, maximumSignificantDigits: format.significant }),
  });
  formatters.set(key, formatter);
  return formatter;
}

export const MONEY: DecimalFormat = { minDecimals: 2, maxDecimals: 2, currency: "USD" };
export const SIGNED_MONEY: DecimalFormat = { ...MONEY, signed: true };
export const PRICE: DecimalFormat = { minDecimals: 2, maxDecimals: 4 };
export const QUANTITY: DecimalFormat = { maxDecimals: 9 };
export const PERCENT: DecimalFormat = { percent: true, minDecimals: 2, maxDecimals: 2 };
export const SIGNED_PERCENT: DecimalFormat = { ...PERCENT, signed: true };
/** Counts: whole up to a thousand, "1.52K" and "11.0M" from there on. */
export const COMPACT: DecimalFormat = { compact: true, maxDecimals: 1 };
const SHORTENED: DecimalFormat = { compact: true, significant: 3 };
