import { expect, it } from "vitest";
import { GatewayFrames } from "./GatewayFrames.ts";

const frame = (...fields: readonly string[]): Buffer => {
  const body = Buffer.from(`${fields.join("\0")}\0`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};

it("[SV154] finds the messages of a gateway's wire, and where each of them lies, however the bytes are cut", () => {
  const hello = Buffer.concat([Buffer.from("API\0"), frame("v157..178")]);
  const order = frame("3", "12", "AAPL");
  const whole = new GatewayFrames().push(Buffer.concat([hello, order]));
  expect(whole.map(({ fields }) => fields[0])).toEqual(["v157..178", "3"]);
  expect(whole[1]).toMatchObject({ start: hello.length, end: hello.length + order.length });
  const frames = new GatewayFrames();
  expect(frames.push(hello.subarray(0, 3))).toEqual([]);
  expect(frames.push(hello.subarray(3))).toHaveLength(1);
  expect(frames.push(order.subarray(0, 7))).toEqual([]);
  expect(frames.push(order.subarray(7))).toMatchObject([{ fields: ["3", "12", "AAPL", ""], start: -7 }]);
});
