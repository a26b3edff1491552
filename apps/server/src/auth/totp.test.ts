import { describe, expect, it } from "vitest";
import { codeAt, newTotpSecret, stepOfCode, totpAddress } from "./totp.ts";

/** "12345678901234567890" in base32: the SHA-1 secret of RFC 6238, appendix B. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/** Its instants (seconds) and its codes, of whose 8 digits an app shows the last 6. */
const VECTORS = [
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
] as const;

describe("codes of an authenticator app", () => {
  it.each(VECTORS)("[SV206] at %i s the RFC's code is shown and taken", (seconds, code) => {
    expect(codeAt(SECRET, seconds * 1000)).toBe(code.slice(2));
    expect(stepOfCode(SECRET, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it("[SV206] a code is taken one step early or late, and no further", () => {
    const step = 50_000_000;
    const code = codeAt(SECRET, step * 30_000);
    for (const [offset, answer] of [
      [-31_000, null],
      [-1, step],
      [0, step],
      [29_999, step],
      [30_000, step],
      [59_999, step],
      [60_000, null],
    ] as const)
      expect(stepOfCode(SECRET, code, step * 30_000 + offset)).toBe(answer);
  });

  it("[SV206] nonsense is no code, and each secret is another", () => {
    for (const nonsense of ["", "12345", "1234567", "abcdef", "      "])
      expect(stepOfCode(SECRET, nonsense, 59_000)).toBeNull();
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
    expect(totpAddress(SECRET, "Ada")).toMatch(/^otpauth:\/\/totp\/TrendDojo:Ada\?.*secret=GEZDGNBVGY3TQOJQ/);
  });
});
