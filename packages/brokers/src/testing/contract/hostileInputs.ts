/** Texts that no order, symbol or search of anyone's is called, and that a store, a log or a lookup may trip over. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  "an empty text": "",
  "a space": " ",
  "a null character": "\0",
  "a null character inside": "P1\u00001",
  "a line break": "P1-1\r\nP1-2",
  "half of a surrogate pair": "\ud800",
  "the other half": "\udc00 tail",
  "a hundred thousand characters": "x".repeat(100_000),
  "a hundred thousand characters of four bytes": "💥".repeat(50_000),
  "the prototype": "__proto__",
  "a method of every object": "toString",
  "a quotation mark": "'; drop table orders; --",
  "a path": "../../etc/passwd",
  "right-to-left marks": "\u202eLPAA",
};

/** What a caller without types may send in place of a text. */
export const NO_TEXTS: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  "a number": 5,
  "a list": ["AAPL"],
  "an object": { toString: "AAPL" },
  "a symbol": Symbol("AAPL"),
};

/** What is no decimal above zero with at most nine decimals. */
export const BAD_DECIMALS: Readonly<Record<string, unknown>> = {
  NaN: Number.NaN,
  "NaN as a text": "NaN",
  Infinity: Number.POSITIVE_INFINITY,
  "minus Infinity": Number.NEGATIVE_INFINITY,
  "Infinity as a text": "Infinity",
  "an exponent": "1e2",
  "a negative exponent": "1e-2",
  "a number that prints with an exponent": 1e21,
  "a number of ten decimals that prints with one": 1e-10,
  "ten decimals": "90.0000000001",
  "a sum that lost its exactness": 0.1 + 0.2,
  zero: 0,
  "zero with a sign": "-0",
  "less than zero": "-90",
  "a number in words": "ninety",
  "an empty text": "",
  "a space around it": " 90",
  "a thousands separator": "9,000",
  "a decimal comma": "90,5",
  "hexadecimal digits": "0x5a",
  "digits of another script": "٩٠",
  "a null character": "90\0",
  "a hundred thousand digits": "9".repeat(100_000),
  true: true,
  "a list": [90],
  "an object": { valueOf: 90 },
};

/** What is no count above zero. */
export const BAD_COUNTS: Readonly<Record<string, unknown>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "minus Infinity": Number.NEGATIVE_INFINITY,
  zero: 0,
  "less than zero": -1,
  "a half": 0.5,
  "more than anyone keeps": 1e21,
  "a text": "5",
  nothing: undefined,
  null: null,
  "an object": {},
};

/** What is no instant; `undefined` is one where the argument may be left out. */
export const BAD_INSTANTS: Readonly<Record<string, unknown>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "minus Infinity": Number.NEGATIVE_INFINITY,
  "a text": "2026-11-20",
  null: null,
  "an object": {},
};
