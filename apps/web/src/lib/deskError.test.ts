import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { isUnauthenticated, readFailure } from "./deskError.ts";

const desk = {
  code: "UNAUTHENTICATED",
  message: "Signed out.",
  fix: "Sign in.",
  issues: [],
  outcome: "refused",
  retryAfterSeconds: null,
  requestId: "r",
};

test("[UE1] the desk's own error is read from where it is put", () => {
  expect(readFailure(Object.assign(new Error("x"), { data: { desk } }))).toEqual({ kind: "refused", desk });
  expect(isUnauthenticated({ data: { desk } })).toBe(true);
});

test("[UE2] a call without the desk's own error had no answer", () => {
  const error = new TRPCClientError("fetch failed");
  expect(readFailure(error)).toEqual({ kind: "transport", message: "fetch failed" });
  expect(isUnauthenticated(error)).toBe(false);
});

test.each([
  new TypeError("x is undefined"),
  "nothing",
  null,
  { data: null },
  { data: { desk: { code: 1 } } },
  { data: { desk: { ...desk, outcome: "maybe" } } },
  { data: { desk: { ...desk, issues: [{}] } } },
])("[UE4] what is no call is a fault of the page, not of the connection (%#)", (error) => {
  expect(readFailure(error).kind).toBe("defect");
  expect(isUnauthenticated(error)).toBe(false);
});
