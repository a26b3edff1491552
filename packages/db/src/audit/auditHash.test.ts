import { userId } from "@trenddojo/brokers/domain";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { auditHash, type HashedEntry } from "./auditHash.ts";
import { canonicalJson } from "./canonicalJson.ts";

const word = fc.string({ unit: "binary" });
const entries: fc.Arbitrary<HashedEntry> = fc.record({
  chain: word,
  sequence: fc.nat(),
  at: fc.integer({ min: 0, max: 8.64e15 }),
  userId: fc.option(word.map((text) => userId(`u${text.length}`))),
  action: word,
  subject: fc.option(word),
  mode: fc.constantFrom("mock", "paper", "live", null),
  message: word,
  details: fc.dictionary(word, fc.jsonValue({ noUnicodeString: false })),
  previousHash: fc.constant("0".repeat(64)),
});

test("[DB31] what is hashed is the canonical JSON of all but the hash before, and that hash", () => {
  fc.assert(
    fc.property(entries, ({ previousHash, ...entry }) => {
      const bytes = `\0${canonicalJson(entry)}${previousHash}`;
      expect(auditHash({ previousHash, ...entry })).toBe(createHash("sha256").update(bytes).digest("hex"));
    }),
  );
});
