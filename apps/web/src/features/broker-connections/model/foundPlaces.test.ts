import { expect, test } from "vitest";
import { aPlace } from "../../../testing/builders.ts";
import { isFilledIn, onlyAccount, usableAccounts, whyNot } from "./foundPlaces.ts";

const several = aPlace({
  accounts: ["DU1", "DU2"].map((id) => ({ id, credentials: { host: "127.0.0.1", port: "4002", account: id } })),
});
const live = aPlace({ mode: "live" });
const mixed = aPlace({ mode: null });
const absent = aPlace({
  accounts: [],
  mode: null,
  fault: { code: "GATEWAY_NOT_RUNNING", message: "nothing answers: start it" },
});

test("[UB11] only accounts of the connection's own mode can be used, and each other place says why not", () => {
  expect([several, live, mixed, absent].map((place) => usableAccounts(place, "paper").length)).toEqual([2, 0, 0, 0]);
  expect(whyNot(several, "paper")).toBeNull();
  expect(whyNot(live, "paper")).toContain("real money");
  expect(whyNot(aPlace(), "live")).toContain("paper account");
  expect(whyNot(mixed, "paper")).toContain("both");
  expect(whyNot(absent, "paper")).toBe("nothing answers: start it");
});

test("[UB12] where there is no choice it is made; between several a person chooses", () => {
  expect(onlyAccount([absent, aPlace(), live], "paper")?.id).toBe("DU1234567");
  expect(onlyAccount([aPlace(), several], "paper")).toBeUndefined();
  expect(onlyAccount([absent, live], "paper")).toBeUndefined();
});

test("[UB13] a form is filled in with an account when all that it needs is there", () => {
  const [account] = aPlace().accounts;
  if (account === undefined) throw new Error("the place has no account");
  const values = { host: "127.0.0.1", port: " 4002 ", clientId: "9" };
  expect(isFilledIn(values, account)).toBe(true);
  expect(isFilledIn({ ...values, account: "DU7" }, account)).toBe(false);
  expect(isFilledIn({ ...values, port: "4001" }, account)).toBe(false);
});
