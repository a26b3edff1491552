import { expect, test } from "vitest";
import type { CallFailure } from "./deskError.ts";
import { fieldProblems } from "./fieldProblems.ts";

const issue = (field: string | null, message: string) =>
  ({ code: "RISK_LIMIT_EXCEEDED", field, message, params: {} }) as const;
const failure: CallFailure = {
  kind: "refused",
  desk: {
    code: "RISK_LIMIT_EXCEEDED",
    message: "Refused.",
    fix: "",
    issues: [issue("limits.maxOrderValue", "At most 25,000."), issue("minutes", "At most 1,440."), issue(null, "No.")],
    outcome: "refused",
    retryAfterSeconds: null,
    requestId: "r",
  },
};

test("[UF6] an objection stands at the field that its path ends in, and nowhere else", () => {
  expect(fieldProblems(failure, "maxOrderValue")).toEqual(["At most 25,000."]);
  expect(fieldProblems(failure, "minutes")).toEqual(["At most 1,440."]);
  expect(fieldProblems(failure, "limits")).toEqual([]);
  expect(fieldProblems({ kind: "transport", message: "gone" }, "minutes")).toEqual([]);
});
