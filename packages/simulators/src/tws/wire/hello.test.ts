import { describe, expect, it } from "vitest";
import { BadFrame, frameOf, lengthPrefix } from "./frames.ts";
import { agreeOnVersion, helloReply, readHello } from "./hello.ts";

function helloOf(text: string): Buffer {
  return Buffer.concat([Buffer.from("API\0", "latin1"), lengthPrefix(text.length), Buffer.from(text, "latin1")]);
}

const FIRST = frameOf(["71", "2", "7", ""]);

describe("the hello of a client", () => {
  it.each([
    ["v100..193", 100, 193, ""],
    ["v157..178", 157, 178, ""],
    ["v178", 178, 178, ""],
    ["v100..193 +PACEAPI", 100, 193, "+PACEAPI"],
  ])("[TW1] %s", (text, minVersion, maxVersion, options) => {
    const hello = readHello(Buffer.concat([helloOf(text), FIRST]));
    expect(hello).toEqual({ minVersion, maxVersion, options, rest: FIRST });
  });

  it("[TW1] is waited for until it is whole", () => {
    const bytes = helloOf("v100..193");
    for (let length = 0; length < bytes.length; length += 1) expect(readHello(bytes.subarray(0, length))).toBeNull();
    expect(readHello(bytes)?.rest).toHaveLength(0);
  });

  it.each([
    ["other bytes", Buffer.from("GET / HTTP/1.1\r\n")],
    ["a first byte that is wrong", Buffer.from("X")],
    ["the old hello, a version without a length", Buffer.from("38\0")],
    ["a length out of all reason", Buffer.concat([Buffer.from("API\0"), lengthPrefix(16 * 1024 * 1024)])],
    ["no versions", helloOf("hello")],
    ["versions that are words", helloOf("vone..two")],
    ["control characters", helloOf("v100..193 \u0007")],
  ])("[TW1] is none, and known to be none at once: %s", (_what, bytes) => {
    expect(() => readHello(bytes)).toThrow(BadFrame);
  });

  it.each([
    ["v100..193", 193, 193],
    ["v100..193", 178, 178],
    ["v157..178", 193, 178],
    ["v100..225", 193, 193],
    ["v178..193", 176, null],
    ["v194..225", 193, null],
    ["v100..156", 193, null],
    ["v38", 193, null],
    ["v193..157", 193, null],
  ])("[TW1] %s is answered by a gateway of %d with %s", (text, newest, version) => {
    const hello = readHello(helloOf(text));
    expect(hello && agreeOnVersion(hello, newest)).toBe(version);
  });

  it("[TW1] is answered with the version and the time, whose zone may have spaces", () => {
    const time = "20260415 18:28:23 Central European Standard Time";
    expect(helloReply(193, time)).toEqual(frameOf(["193", time]));
  });
});
