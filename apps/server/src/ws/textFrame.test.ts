import { expect, it } from "vitest";
import { z } from "zod";
import * as ws from "ws";
import { textFrame } from "./textFrame.ts";

it.each([0, 1, 125, 126, 4_096, 65_535, 65_536, 200_000])(
  "[QH16] a frame of %i bytes is, byte for byte, what ws itself would write",
  (length) => {
    const text = "x".repeat(length);
    const parts: unknown = method(ws, "Sender", "frame")(Buffer.from(text), OPTIONS);
    expect(Buffer.concat(buffers.parse(parts))).toEqual(textFrame(text));
  },
);

it("[QH16] a frame's length counts bytes, not characters", () => {
  const text = "é€𝄞".repeat(40);
  expect(textFrame(text).subarray(4).toString()).toBe(text);
  expect(textFrame(text).readUInt16BE(2)).toBe(Buffer.byteLength(text));
});

const buffers = z.array(z.instanceof(Buffer));
const OPTIONS = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true };

/** A static method that the package exports and its types leave out. */
function method(module: object, ...[className, name]: readonly [string, string]): (...args: unknown[]) => unknown {
  const owner: unknown = Reflect.get(module, className);
  if (typeof owner !== "function") throw new Error(`there is no ${className}`);
  const found: unknown = Reflect.get(owner, name);
  if (typeof found !== "function") throw new Error(`${className} has no ${name}`);
  return (...args) => Reflect.apply(found, owner, args);
}
