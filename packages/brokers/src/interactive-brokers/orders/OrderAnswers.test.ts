import { describe, expect, it } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { ibRefusal } from "../ibRefusal.ts";
import { OrderAnswers } from "./OrderAnswers.ts";

const refusal = (what: string) => ibRefusal(BrokerErrorCode.ORDER_REJECTED, what);

describe("OrderAnswers", () => {
  it("[IB27] silence is no answer: the outcome is unknown, and no timer is left", async () => {
    const clock = new FakeClock();
    const answers = new OrderAnswers(clock);
    const waiting = failureOf(answers.answer({ what: "the order", orderIds: [5], isAnswered: () => false }));
    await clock.advance(8_000);
    expect(await waiting).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(clock.pendingTimers).toBe(0);
  });

  it("[IB27] what is told answers, and what was told already needs no waiting", async () => {
    const clock = new FakeClock();
    const answers = new OrderAnswers(clock);
    let isThere = false;
    const waiting = answers.answer({ what: "the order", orderIds: [5], isAnswered: () => isThere });
    answers.look();
    isThere = true;
    answers.look();
    await waiting;
    await answers.answer({ what: "the order", orderIds: [5], isAnswered: () => isThere });
    expect(clock.pendingTimers).toBe(0);
  });

  it("[IB69] an error refuses what it can be about: a cancel's is never a change's, nor the reverse", async () => {
    const answers = new OrderAnswers(new FakeClock());
    const ask = (what: string, isCancel: boolean) =>
      failureOf(answers.answer({ what, isCancel, orderIds: [5], isAnswered: () => false }));
    const change = ask("the change", false);
    const cancel = ask("the cancel", true);
    expect(answers.refuse(5, "terms", refusal)).toBe(true);
    expect(await change).toMatchObject({ code: "ORDER_REJECTED" });
    expect(answers.refuse(5, "terms", refusal)).toBe(false);
    expect(answers.refuse(5, "cancel", refusal)).toBe(true);
    expect(await cancel).toMatchObject({ code: "ORDER_REJECTED" });
  });

  it.each([
    ["an error that may be about either", "either", true],
    ["two changes", "terms", false],
  ] as const)(
    "[IB69] where nobody knows which was refused (%s), both outcomes are unknown",
    async (_what, aim, isCancel) => {
      const answers = new OrderAnswers(new FakeClock());
      const ask = (what: string, isCancelToo = false) =>
        failureOf(answers.answer({ what, isCancel: isCancelToo, orderIds: [5], isAnswered: () => false }));
      const both = [ask("the change"), ask("the other", isCancel)];
      expect(answers.refuse(5, aim, refusal)).toBe(true);
      for (const each of both) expect(await each).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    },
  );

  it("[IB27] an error refuses what was asked of its order last, and nothing of another", async () => {
    const answers = new OrderAnswers(new FakeClock());
    let isPlaced = false;
    const place = answers.answer({ what: "the order", isFirst: true, orderIds: [5], isAnswered: () => isPlaced });
    const change = failureOf(answers.answer({ what: "the change", orderIds: [5], isAnswered: () => false }));
    expect(answers.refuse(6, "terms", refusal)).toBe(false);
    expect(answers.refuse(5, "terms", refusal)).toBe(true);
    expect(await change).toMatchObject({ code: "ORDER_REJECTED", message: expect.stringContaining("the change") });
    isPlaced = true;
    answers.look();
    await place;
  });

  it("[H9] nothing waits for an answer of a session that is gone, nor for a caller who has left", async () => {
    const answers = new OrderAnswers(new FakeClock());
    const caller = new AbortController();
    const ask = (signal?: AbortSignal) =>
      failureOf(
        answers.answer({
          what: "the order",
          orderIds: [5],
          isAnswered: () => false,
          ...(signal === undefined ? {} : { signal }),
        }),
      );
    const left = ask(caller.signal);
    caller.abort();
    expect(await left).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    const lost = ask();
    answers.loseAll();
    expect(await lost).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(await ask(AbortSignal.abort())).toMatchObject({ code: "OUTCOME_UNKNOWN" });
  });
});
