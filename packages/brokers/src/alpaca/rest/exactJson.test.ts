import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exactJson.ts";

describe("JSON with exact numbers", () => {
  it("[AL2] keeps a number beyond 2^53 as its text, and one that a float holds as a number", () => {
    expect(parseExactJson('{"i":9007199254740993,"p":172.61,"q":-0.1234567890123456789,"n":1e3}')).toEqual({
      i: "9007199254740993",
      p: 172.61,
      q: "-0.1234567890123456789",
      n: 1000,
    });
  });

  it("[AL2] leaves texts alone, also such as look like numbers or hold quotes", () => {
    const value = { id: "20220202135509981::2d7be4ff", quote: 'a "12345678901234567890" b\\', long: "1".repeat(40) };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
  });

  it("[AL2] reads every value as JSON.parse does, but for its long numbers", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const exact: unknown = parseExactJson(text);
        const shortened: unknown = JSON.parse(JSON.stringify(exact), (_key, each: unknown) => each);
        const plain: unknown = JSON.parse(text, (_key, each: unknown) =>
          typeof each === "number" &&
          String(each).replace(/e.*$/, "").replaceAll(/\D/g, "").replace(/^0+/, "").length > 15
            ? String(each)
            : each,
        );
        expect(shortened).toEqual(plain);
      }),
    );
  });

  it("[AL2] refuses what is not JSON as JSON.parse does, with long digits too", () => {
    for (const text of ["", "<html>12345678901234567890</html>", '{"a":0123456789012345678}', '{"a":1234567890123456'])
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });
});
