import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatFixed, parseFixed } from "../../domain/decimal.ts";
import { RealizedGains } from "./RealizedGains.ts";

type Trade = readonly [side: string, qty: string, price: string];

/** Where what was traded is what is held. */
function gainsOf(...trades: readonly Trade[]): string | null {
  const signed = trades.map(([side, qty]) => parseFixed(qty) * (side.startsWith("sell") ? -1n : 1n));
  return gainsAgainst(
    signed.reduce((sum, qty) => sum + qty, 0n),
    ...trades,
  );
}

function gainsAgainst(held: bigint, ...trades: readonly Trade[]): string | null {
  const gains = new RealizedGains();
  for (const [side, qty, price] of trades)
    gains.take({
      id: "1",
      activity_type: side === "split" ? "SPLIT" : "FILL",
      symbol: "AAPL",
      side,
      qty: parseFixed(qty),
      price: parseFixed(price),
    });
  const { total, bySymbol } = gains.against(held === 0n ? [] : [{ symbol: "AAPL", qty: held }]);
  expect(bySymbol.get("AAPL")).toBe(total);
  return total === null ? null : formatFixed(total);
}

describe("what closed positions earned", () => {
  it("is the sale less the average cost, long and short", () => {
    expect(gainsOf(["buy", "10", "100"])).toBe("0");
    expect(gainsOf(["buy", "10", "100"], ["buy", "30", "102"], ["sell", "5", "103"])).toBe("7.5");
    expect(gainsOf(["sell", "10", "100"], ["buy", "4", "90"])).toBe("40");
    expect(gainsOf(["sell_short", "10", "100"], ["buy", "10", "101"])).toBe("-10");
  });

  it("begins anew where a position turns around", () => {
    expect(gainsOf(["buy", "10", "100"], ["sell", "15", "110"], ["buy", "5", "108"])).toBe("110");
  });

  it("[AL29] goes on after a split with what the shares cost before it, long and short, whichever half comes first", () => {
    const bought = ["buy", "10", "100"] as const;
    expect(gainsOf(bought, ["split", "-10", "0"], ["split", "40", "0"], ["sell", "40", "26"])).toBe("40");
    expect(gainsOf(bought, ["split", "40", "0"], ["split", "-10", "0"], ["sell", "40", "26"])).toBe("40");
    expect(gainsOf(["sell", "40", "25"], ["split", "40", "0"], ["split", "-10", "0"], ["buy", "10", "90"])).toBe("100");
    expect(gainsOf(["split", "-10", "0"], ["split", "40", "0"])).toBe("0");
  });

  it("[AL29] of shares that came or went without an execution is not said, nor is the sum", () => {
    const shares = parseFixed("10");
    expect(gainsAgainst(0n, ["sell", "10", "100"])).toBeNull();
    expect(gainsAgainst(shares, ["sell", "10", "100"], ["buy", "10", "90"])).toBeNull();
    expect(gainsAgainst(0n, ["buy", "10", "100"])).toBeNull();
    expect(gainsAgainst(shares, ["buy", "20", "100"], ["sell", "10", "101"])).toBe("10");
    const gains = new RealizedGains();
    const fill = { id: "1", activity_type: "FILL", qty: shares, price: parseFixed("5") };
    for (const side of ["buy", "sell"]) gains.take({ ...fill, symbol: "WHOLE", side });
    gains.take({ ...fill, symbol: "MOVED", side: "sell" });
    const never = { symbol: "NEVER", qty: shares };
    const { bySymbol, total } = gains.against([never]);
    expect([bySymbol.get("WHOLE"), bySymbol.get("MOVED"), total]).toEqual([0n, null, null]);
    expect(gains.against([never, { symbol: "MOVED", qty: -shares }]).total).toBe(0n);
  });

  it("is all of the money, once nothing is held any more", () => {
    const trade = fc.record({
      isBuy: fc.boolean(),
      qty: fc.integer({ min: 1, max: 500 }),
      cents: fc.integer({ min: 1, max: 50_000 }),
    });
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 12 }), fc.integer({ min: 1, max: 50_000 }), (trades, last) => {
        const gains = new RealizedGains();
        let held = 0n;
        let cash = 0n;
        const act = (isBuy: boolean, qty: bigint, price: bigint): void => {
          gains.take({
            id: "1",
            activity_type: "FILL",
            symbol: "A",
            side: isBuy ? "buy" : "sell",
            qty: qty * 1_000_000_000n,
            price: price * 10_000_000n,
          });
          held += isBuy ? qty : -qty;
          cash += (isBuy ? -qty : qty) * price;
        };
        for (const { isBuy, qty, cents } of trades) act(isBuy, BigInt(qty), BigInt(cents));
        if (held !== 0n) act(held < 0n, held < 0n ? -held : held, BigInt(last));
        // The average is rounded to the billionth; it is told to the cent.
        const difference = (gains.against([]).total ?? 0n) - cash * 10_000_000n;
        expect(difference < 100_000n && difference > -100_000n).toBe(true);
      }),
    );
  });
});
