import { describe, expect, it } from "vitest";
import { ALPACA_CAPABILITIES } from "../alpaca/AlpacaCapabilities.ts";
import { capabilityRows } from "./capabilityRows.ts";

describe("the rows of a capability table", () => {
  it("[BC23] hold every capability of the table once, and no limit", () => {
    const { limits: _, orderTypes, timesInForce, orderClasses, ...singles } = ALPACA_CAPABILITIES;
    const all = [orderTypes, timesInForce, orderClasses, singles].flatMap((each) => Object.values(each));
    const rows = capabilityRows(ALPACA_CAPABILITIES);
    expect(rows.map(({ capability }) => capability)).toEqual(all);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(all.length);
    expect(rows.find(({ key }) => key === "timesInForce.opg")?.capability).toBe(timesInForce.opg);
  });
});
