import { describe, expect, it } from "vitest";
import type { CredentialField } from "../domain/capabilities.ts";
import { validateBrokerCredentials } from "./validateBrokerCredentials.ts";

const FIELDS: readonly CredentialField[] = [
  { name: "keyId", label: "Key id", kind: "text", required: true },
  { name: "secretKey", label: "Secret key", kind: "secret", required: true },
  { name: "port", label: "Port", kind: "number", required: false, largest: "65535" },
  { name: "feed", label: "Feed", kind: "choice", required: false, choices: [{ value: "iex", label: "IEX" }] },
];
const GOOD = { keyId: "PK1", secretKey: "hush", port: "4002", feed: "iex" };

describe("checking the credential form", () => {
  it("[CF1] what the form asks for is valid, with or without what is optional", () => {
    expect(validateBrokerCredentials(FIELDS, GOOD)).toEqual({ isValid: true, errors: [] });
    expect(validateBrokerCredentials(FIELDS, { keyId: "PK1", secretKey: "hush", port: "" }).isValid).toBe(true);
  });

  it.each([
    [{ ...GOOD, secretKey: undefined }, "Secret key is missing"],
    [{ ...GOOD, secretKey: "" }, "Secret key is missing"],
    [{ ...GOOD, secretKey: 7 }, "Secret key is a text of at most 512 printable characters"],
    [{ ...GOOD, secretKey: "hu\u0000sh" }, "Secret key is a text of at most 512 printable characters"],
    [{ ...GOOD, secretKey: "x".repeat(513) }, "Secret key is a text of at most 512 printable characters"],
    [{ ...GOOD, port: "-1" }, "Port is a number above zero"],
    [{ ...GOOD, port: "many" }, "Port is a number above zero"],
    [{ ...GOOD, port: "65535.5" }, "Port is at most 65535"],
    [{ ...GOOD, feed: "sip" }, "Feed is one of IEX"],
    [{ ...GOOD, extra: "1" }, "There is a field that this broker does not ask for"],
  ])("[CF2] a fault is told by its label, never by what was typed (%#)", (credentials, error) => {
    expect(validateBrokerCredentials(FIELDS, credentials)).toEqual({ isValid: false, errors: [error] });
  });
});
