import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypt, encrypt, lengthPrefixed } from "./aead.ts";
import { VaultError } from "./VaultError.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

/**
 * AES-256-GCM test cases 13, 14 and 16 of McGrew and Viega's "The Galois/Counter Mode of Operation", which NIST
 * published with its validation suite.
 */
const VECTORS = [
  {
    name: "13, nothing",
    key: "0000000000000000000000000000000000000000000000000000000000000000",
    iv: "000000000000000000000000",
    plaintext: "",
    authenticated: "",
    ciphertext: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    name: "14, a block of zeros",
    key: "0000000000000000000000000000000000000000000000000000000000000000",
    iv: "000000000000000000000000",
    plaintext: "00000000000000000000000000000000",
    authenticated: "",
    ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "16, with authenticated data",
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    iv: "cafebabefacedbaddecaf888",
    plaintext:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    authenticated: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    ciphertext:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

describe("the cipher", () => {
  it.each(VECTORS)("[VT7] test case $name opens", ({ key, iv, plaintext, authenticated, ciphertext, tag }) => {
    const opened = decrypt(hex(key), { iv: hex(iv), ciphertext: hex(ciphertext), tag: hex(tag) }, hex(authenticated));
    expect(opened.toString("hex")).toBe(plaintext);
  });

  it.each(VECTORS)(
    "[VT7] test case $name does not open with another tag",
    ({ key, iv, authenticated, ciphertext, tag }) => {
      const other = hex(tag);
      other.writeUInt8(other.readUInt8(15) ^ 1, 15);
      expect(() =>
        decrypt(hex(key), { iv: hex(iv), ciphertext: hex(ciphertext), tag: other }, hex(authenticated)),
      ).toThrow(VaultError);
    },
  );

  it("[VT7] an IV of 96 bits is drawn anew for each, and the tag has 128 bits", () => {
    const key = Buffer.alloc(32, 7);
    const sealed = Array.from({ length: 500 }, () => encrypt(key, Buffer.from("same"), Buffer.alloc(0)));
    expect(new Set(sealed.map(({ iv }) => iv.toString("hex"))).size).toBe(500);
    for (const { iv, tag } of sealed) expect([iv.length, tag.length]).toEqual([12, 16]);
  });

  it("[VT7] a shortened tag or IV is refused before anything is opened", () => {
    const key = Buffer.alloc(32, 7);
    const sealed = encrypt(key, Buffer.from("secret"), Buffer.alloc(0));
    for (const cut of [
      { ...sealed, tag: sealed.tag.subarray(0, 4) },
      { ...sealed, iv: sealed.iv.subarray(0, 8) },
    ]) {
      expect(() => decrypt(key, cut, Buffer.alloc(0))).toThrow(expect.objectContaining({ code: "MALFORMED_ENVELOPE" }));
    }
  });

  it("[VT2] two different lists of parts never have the same bytes", () => {
    const parts = fc.array(fc.string(), { maxLength: 5 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(lengthPrefixed(["ab", "c"]).equals(lengthPrefixed(["a", "bc"]))).toBe(false);
  });
});
