import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonicalJson.ts";
import { storableRecord } from "./storableText.ts";

test("[DB30] one value has one text, in whatever order its members were written", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "é" }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(canonicalJson({ B: 1, a: 2, A: 3 })).toBe('{"A":3,"B":1,"a":2}');
});

test("[DB30] the text reads back as the value, and writing it again changes nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

test("[DB30] a text is written as JSON.stringify writes it, whatever it holds", () => {
  const units = Array.from({ length: 0x1_00_00 }, (_, code) => `a${String.fromCharCode(code)}b`);
  expect(units.filter((text) => canonicalJson(text) !== JSON.stringify(text))).toEqual([]);
  expect(canonicalJson({ 'say "so"\n': 'a "b" \\ 😀' })).toBe(JSON.stringify({ 'say "so"\n': 'a "b" \\ 😀' }));
});

test("[DB30] what JSON does not hold is refused, not written as something else", () => {
  for (const value of [1n, Number.NaN, Number.POSITIVE_INFINITY, () => 1, new Date(0), new Map()]) {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  }
});

test("[DB30] text that the database cannot hold is replaced, and nothing else", () => {
  const value = { "a\0": ["\0", "\ud800", "\udc00x", "😀", "é"], n: 1, u: undefined };
  expect(storableRecord(value)).toEqual({ "a\uFFFD": ["\uFFFD", "\uFFFD", "\uFFFDx", "😀", "é"], n: 1 });
});
