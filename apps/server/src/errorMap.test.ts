import { BrokerError } from "@trenddojo/brokers";
import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DeskError } from "./DeskError.ts";
import { ERROR_TRAITS } from "./errorMap.ts";
import { toDeskError } from "./toDeskError.ts";

describe("errors on their way out", () => {
  it("[ER1] every code has a way out that is a sentence", () => {
    const poor = Object.entries(ERROR_TRAITS).filter(([, { fix }]) => !/^[A-Z].{10,}\.$/.test(fix));
    expect(poor).toEqual([]);
  });

  it("[ER2] what nobody foresaw becomes INTERNAL and keeps its message inside", () => {
    const secret = new Error("password hunter2 at /srv/desk/secret.ts");
    for (const thrown of [
      secret,
      new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: secret }),
      "hunter2",
      null,
      { message: "hunter2" },
    ]) {
      const error = toDeskError(thrown);
      expect(error.code).toBe("INTERNAL");
      expect(error.message).not.toContain("hunter2");
    }
  });

  it("[ER3] our own answer out of shape is our fault, a request out of shape is the caller's", () => {
    const cause = z.object({ a: z.string() }).safeParse({ a: 1 }).error;
    expect(toDeskError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause })).code).toBe("INTERNAL");
    expect(toDeskError(new TRPCError({ code: "BAD_REQUEST", cause }))).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ field: "a" }],
    });
  });

  it("[ER4] a broker's refusal keeps its code, numbers and outcome", () => {
    const error = toDeskError(new BrokerError("no answer", "TIMEOUT", "X", { details: { waitedMs: 10 } }));
    expect(error).toMatchObject({ code: "TIMEOUT", outcome: "unknown", issues: [{ params: { waitedMs: 10 } }] });
    const own = new DeskError("NAME_TAKEN", "There is an Ada already.");
    expect(toDeskError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: own }))).toBe(own);
  });
});
