import { describe, expect, it } from "vitest";
import { fieldsOf } from "../testing/bodyOf.ts";
import { AAPL, PLAIN } from "../testing/plainSamples.ts";
import { SAMPLES } from "../testing/samples.ts";
import type { TwsReply, WireOrderState } from "../TwsReply.ts";
import { encodeReply } from "./encodeReply.ts";

const UNKNOWN: WireOrderState = {
  status: "PreSubmitted",
  initMarginBefore: null,
  maintMarginBefore: null,
  equityWithLoanBefore: null,
  initMarginChange: null,
  maintMarginChange: null,
  equityWithLoanChange: null,
  initMarginAfter: null,
  maintMarginAfter: null,
  equityWithLoanAfter: null,
  commission: null,
  minCommission: null,
  maxCommission: null,
  commissionCurrency: "",
  warningText: "",
};

const OPEN: TwsReply = { ...SAMPLES.openOrder, contract: AAPL, order: PLAIN, state: UNKNOWN };
const COMPLETED: TwsReply = { ...SAMPLES.completedOrder, contract: AAPL, order: PLAIN };

function fields(reply: TwsReply, version: number): readonly string[] {
  return fieldsOf(encodeReply(reply, version).subarray(4));
}

/** With commas between, as the vendor's logs print them. */
function line(reply: TwsReply, version: number): string {
  return fields(reply, version).join(",");
}

describe("layouts of replies", () => {
  it.each([
    [157, 128],
    [176, 136],
    [178, 135],
    [193, 141],
  ])("[TW4] an open order of a stock at version %d has %d fields", (version, count) => {
    expect(fields(OPEN, version)).toHaveLength(count);
  });

  it("[TW4] a completed order of a stock has 100 fields at version 178, and a profile more before 177", () => {
    expect(fields(COMPLETED, 178)).toHaveLength(100);
    expect(fields(COMPLETED, 176)).toHaveLength(101);
  });

  it("[TW4] an open order names a delta-neutral side where it has none, and margins that nobody knows", () => {
    const all = line(OPEN, 178);
    expect(all).toContain(",None,,0,,,,?,0,0,,0,0,");
    expect(all).toContain(
      `,PreSubmitted${",1.7976931348623157E308".repeat(9)},,,,,,0,0,0,None,1.7976931348623157E308,`,
    );
    expect(line(COMPLETED, 178)).toContain(",None,,0,0,0,,0,0,");
  });

  it("[TW4] prices and sizes are the texts that were given", () => {
    expect(fields(OPEN, 178).slice(0, 18).join(",")).toBe(
      "5,18,265598,AAPL,STK,,0,?,,SMART,USD,AAPL,NMS,BUY,100,LMT,150.10,0.0",
    );
  });

  it("[TW4] short messages are as the gateway writes them", () => {
    const message = "Market data farm connection is OK:usfarm";
    const notice: TwsReply = { kind: "error", id: -1, code: 2104, message };
    expect(line(notice, 165)).toBe(`4,2,-1,2104,${message}`);
    expect(line(notice, 166)).toBe(`4,2,-1,2104,${message},`);
    expect(line(SAMPLES.managedAccounts, 178)).toBe("15,1,DU1,DU2");
    expect(line(SAMPLES.nextValidId, 178)).toBe("9,1,18");
    expect(line(SAMPLES.orderStatus, 178)).toBe("3,18,Submitted,40.5,59.5,150.125,1900000001,12,150.12,7,trigger,1.5");
    expect(line(SAMPLES.position, 178)).toBe("61,3,DU1,265598,AAPL,STK,,0,,,SMART,USD,AAPL,NMS,-100.5,149.9");
    expect(line(SAMPLES.portfolioValue, 178)).toBe(
      "7,8,265598,AAPL,STK,,0,0,,NASDAQ,USD,AAPL,NMS,100.5,150.1,15085.05,149.9,20.1,-3.5,DU1",
    );
    expect(line(SAMPLES.commission, 178)).toBe("59,1,0000e0d5.69dd7411.01.01,1.05,USD,12.5,1.7976931348623157E308,0");
  });

  it("[TW4] contract details tell sizes as their version has them", () => {
    const counts = [157, 163, 164, 182, 186].map((version) => fields(SAMPLES.contractDetails, version).length);
    // 163 has a field more; 164 three instead of it, but neither its own version nor a multiplier; then one; then a list.
    expect(counts.map((count) => count - (counts[0] ?? 0))).toEqual([0, 1, 1, 2, 5]);
    expect(line(SAMPLES.contractDetails, 163).startsWith("10,8,37,AAPL,STK,,0,,SMART,USD")).toBe(true);
    expect(line(SAMPLES.contractDetails, 164).startsWith("10,37,AAPL,STK,,0,,SMART,USD")).toBe(true);
  });

  it("[TW4] what is not printable ASCII goes out escaped, and so can end no field", () => {
    const reply: TwsReply = { kind: "error", id: 1, code: 201, message: "a\0b – 😀\n" };
    expect(line(reply, 165)).toBe("4,2,1,201,a\\u0000b \\u2013 \\ud83d\\ude00\\u000a");
  });
});
