import { expect, it } from "vitest";
import { DeskError } from "../DeskError.ts";
import { passkeySite } from "./passkeySite.ts";

it.each([
  ["https://desk.example", "desk.example"],
  ["https://desk.example:8443", "desk.example"],
  ["http://localhost:3000", "localhost"],
])("[SV427] a page at %s has passkeys of %s, bound to its exact origin", (origin, rpId) => {
  expect(passkeySite(origin)).toEqual({ origin, rpId });
});

it.each([
  ["http://127.0.0.1:3000", "open it as http://localhost:3000"],
  ["http://[::1]:3000", "open it as http://localhost:3000"],
  ["https://192.168.1.5", "PUBLIC_ORIGIN"],
  ["http://desk.example", "https only"],
  [null, "a page of the desk"],
])("[SV427] at %s there are none, and the desk says why", (origin, why) => {
  const refused = expect.objectContaining({ code: "PASSKEYS_UNAVAILABLE", message: expect.stringContaining(why) });
  expect(() => passkeySite(origin)).toThrow(DeskError);
  expect(() => passkeySite(origin)).toThrow(refused);
});
