import { describe, expect, it } from "vitest";
import { BrokerError } from "./BrokerError.ts";
import { brokerCall, throwIfAborted, waitFor } from "./brokerCall.ts";

describe("a call to a broker", () => {
  it("[BC5] a BrokerError passes as it is; anything else is UNKNOWN, with its text kept for the log", async () => {
    const own = new BrokerError("closed", "MARKET_CLOSED", "Paper");
    await expect(brokerCall("Paper", () => Promise.reject(own))).rejects.toBe(own);
    const cause = new Error("the key is hush");
    await expect(
      brokerCall("Paper", () => {
        throw cause;
      }),
    ).rejects.toMatchObject({
      name: "BrokerError",
      code: "UNKNOWN",
      cause,
      message: "Paper failed for an unforeseen reason",
    });
  });

  it("[BC5] who stops waiting for a command learns that its outcome is unknown, for a reading that nothing was done", async () => {
    const controller = new AbortController();
    const never = new Promise<never>(() => undefined);
    const command = waitFor("Paper", never, { signal: controller.signal }, "unknown");
    const reading = waitFor("Paper", never, { signal: controller.signal }, "refused");
    controller.abort();
    await expect(command).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    await expect(reading).rejects.toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    expect(() => throwIfAborted("Paper", { signal: controller.signal })).toThrow(
      expect.objectContaining({ code: "TIMEOUT", outcome: "refused" }),
    );
  });

  it("[BC5] what comes in time is answered, with and without a signal", async () => {
    expect(await waitFor("Paper", Promise.resolve(1), {}, "unknown")).toBe(1);
    expect(await waitFor("Paper", Promise.resolve(2), { signal: new AbortController().signal }, "unknown")).toBe(2);
    const failure = new Error("no");
    await expect(
      waitFor("Paper", Promise.reject(failure), { signal: new AbortController().signal }, "unknown"),
    ).rejects.toBe(failure);
  });
});
