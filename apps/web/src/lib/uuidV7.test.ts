import fc from "fast-check";
import { expect, test } from "vitest";
import { uuidV7 } from "./uuidV7.ts";

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("[UK1] a key is a UUID of version 7 that carries its time, and later keys sort later", () => {
  const anyInstant = fc.integer({ min: 0, max: 2 ** 48 - 2 });
  const anyBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(anyInstant, anyBytes, anyBytes, (now, first, second) => {
      const key = uuidV7(now, (bytes) => bytes.set(first));
      const later = uuidV7(now + 1, (bytes) => bytes.set(second));
      expect(key).toMatch(SHAPE);
      expect(Number.parseInt(key.replaceAll("-", "").slice(0, 12), 16)).toBe(now);
      expect(key < later).toBe(true);
    }),
  );
});
