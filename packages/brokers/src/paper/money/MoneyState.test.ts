import { describe, expect, it } from "vitest";
import { MoneyState } from "./MoneyState.ts";

describe("[PX236] dividends that are to be paid", () => {
  const payable = { symbol: "SPY", amount: 5n, payAt: 100 };

  it("are removed by their action, whichever comes first", () => {
    const money = new MoneyState();
    money.addPayable({ ...payable, actionId: "late", payAt: 200 });
    money.addPayable({ ...payable, actionId: "early" });
    expect(money.payables.map(({ actionId }) => actionId)).toEqual(["early", "late"]);
    expect(money.removePayable("late")?.actionId).toBe("late");
    expect(money.removePayable("late")).toBeUndefined();
    expect(money.payables.map(({ actionId }) => actionId)).toEqual(["early"]);
  });

  it("are to come where they are above zero, and owed where they are below", () => {
    const money = new MoneyState();
    money.addPayable({ ...payable, actionId: "long" });
    money.addPayable({ ...payable, actionId: "short", amount: -8n });
    expect([money.receivable, money.accrued]).toEqual([5n, -3n]);
    money.removePayable("long");
    expect([money.receivable, money.accrued]).toEqual([0n, -8n]);
  });
});

describe("[PX200] proceeds of sales", () => {
  it("add up by the instant at which they settle, and that instant they are settled", () => {
    const money = new MoneyState();
    money.addProceeds(100, 5n, 50);
    money.addProceeds(200, 7n, 60);
    money.addProceeds(200, 1n, 60);
    expect([99, 100, 199, 200].map((at) => money.unsettledAt(at))).toEqual([13n, 8n, 8n, 0n]);
    expect([99, 100, 199, 200].map((at) => money.nextSettlementAfter(at))).toEqual([100, 200, 200, undefined]);
  });

  it("are forgotten once they are settled, and those of a settled trade are not kept", () => {
    const money = new MoneyState();
    money.addProceeds(100, 5n, 50);
    money.addProceeds(200, 7n, 100);
    expect([...money.unsettled.keys()]).toEqual([200]);
    money.addProceeds(150, 9n, 150);
    expect([...money.unsettled.keys()]).toEqual([200]);
  });
});
