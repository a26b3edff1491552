import { describe, expect, it } from "vitest";
import { BrokerError } from "./BrokerError.ts";
import { BrokerErrorHandler, RESOLUTION_ACTIONS, type ErrorContext } from "./BrokerErrorHandler.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import { seededRandom } from "./testing/seededRandom.ts";

const CODES = Object.values(BrokerErrorCode);
const OPERATIONS: readonly ErrorContext["operation"][] = ["connect", "read", "place", "cancel", "modify"];

function resolve(
  code: BrokerErrorCode,
  context: Partial<ErrorContext> = {},
  details: Readonly<Record<string, number>> = {},
) {
  const handler = new BrokerErrorHandler({ random: seededRandom(1) });
  return handler.handleError(new BrokerError("it went wrong", code, "Paper", { details }), {
    operation: "read",
    attempt: 0,
    ...context,
  });
}

describe("what to do about an error", () => {
  it.each(CODES)("[EH1] %s has an action and says what happened, whatever was tried", (code) => {
    for (const operation of OPERATIONS) {
      const { action, message } = resolve(code, { operation });
      expect(RESOLUTION_ACTIONS).toContain(action);
      expect(message).toContain("it went wrong");
    }
  });

  it.each(CODES.filter((code) => new BrokerError("", code, "").outcome === "unknown"))(
    "[EH2] an order whose outcome is unknown (%s) is reconciled, never repeated",
    (code) => {
      for (const operation of ["place", "cancel", "modify"] as const) {
        expect(resolve(code, { operation, clientOrderId: "id-1" })).toMatchObject({
          action: "RECONCILE",
          canRetry: false,
        });
      }
    },
  );

  it("[EH2] a reading whose answer was lost is read again", () => {
    expect(resolve("TIMEOUT")).toMatchObject({ action: "RETRY_WITH_BACKOFF", canRetry: true });
  });

  it.each(CODES)("[EH3] an order without its id is never tried again, whatever went wrong (%s)", (code) => {
    expect(resolve(code, { operation: "place" }).canRetry).toBe(false);
  });

  it("[EH3] [D15] with its id, an order that was refused for the rate may be tried again", () => {
    expect(resolve("RATE_LIMIT_EXCEEDED", { operation: "place", clientOrderId: "id-1" })).toMatchObject({
      action: "RETRY_WITH_BACKOFF",
      canRetry: true,
    });
  });

  it("[EH4] the wait grows, and is never shorter than the broker asks for", () => {
    expect(resolve("RATE_LIMIT_EXCEEDED").retryAfterMs).toBeLessThanOrEqual(1_000);
    expect(resolve("RATE_LIMIT_EXCEEDED", { attempt: 5 }).retryAfterMs).toBeGreaterThanOrEqual(16_000);
    expect(resolve("RATE_LIMIT_EXCEEDED", {}, { retryAfterMs: 45_000 }).retryAfterMs).toBe(45_000);
    expect(resolve("RATE_LIMIT_EXCEEDED", {}, { retryAfterMs: Number.NaN }).retryAfterMs).toBeLessThanOrEqual(1_000);
  });

  it("[EH1] a lost connection is left to the monitor, a refusal to the person", () => {
    expect(resolve("CONNECTION_FAILED")).toMatchObject({ action: "AWAIT_RECONNECT", canRetry: true });
    expect(resolve("SESSION_EXPIRED")).toMatchObject({ action: "REAUTHENTICATE" });
    expect(resolve("INSUFFICIENT_FUNDS", { operation: "place", clientOrderId: "id-1" })).toEqual({
      action: "NOTIFY_USER",
      message: "it went wrong",
      canRetry: false,
    });
    expect(resolve("DUPLICATE_ORDER", { operation: "place", clientOrderId: "id-1" })).toMatchObject({
      action: "RECONCILE",
    });
  });
});
