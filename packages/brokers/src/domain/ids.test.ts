import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../testing/seededRandom.ts";
import { mintClientOrderId } from "./clientOrderIds.ts";
import { clientOrderId, IdError, userId } from "./ids.ts";
import { MODES } from "./Mode.ts";

describe("ids", () => {
  it("[ID1] printable ASCII without spaces is an id, and stays as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e]{1,48}$/), (text) => {
        expect(clientOrderId(text)).toBe(text);
        expect(userId(text)).toBe(text);
      }),
    );
  });

  it.each(["", " ", "a b", "tab\t", "nul\u0000", "é", "x".repeat(129)])("[ID1] %j is no id", (text) => {
    expect(() => userId(text)).toThrow(IdError);
  });

  it("[ID2] a client order id has at most 48 characters", () => {
    expect(() => clientOrderId("x".repeat(49))).toThrow(IdError);
  });

  it("[ID3] [D15] a new client order id tells its mode, has at most 32 characters and is not met again", () => {
    const random = seededRandom(7);
    for (const mode of MODES) {
      const ids = Array.from({ length: 2_000 }, () => mintClientOrderId(mode, random));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids)
        expect(id).toMatch(new RegExp(`^td${mode.charAt(0).toUpperCase()}-[0-9A-HJKMNP-TV-Z]{26}$`));
    }
  });
});
