import { describe, expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { AccountState } from "./AccountState.ts";
import { CHANCE } from "./chance.ts";
import { immediateFill, type ImmediateFill } from "./matching.ts";
import { DEFAULT_PAPER_PROFILE, readProfile, type PaperProfile } from "./profile.ts";
import { INSTRUMENTS, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";
import { paperOrder, type PaperOrderParts } from "./scenarios/paperOrder.ts";

/** What an order takes of 100.02 × 200, where chance says what `draws` says. */
function meet(
  parts: Omit<PaperOrderParts, "priority">,
  profile: Partial<PaperProfile>,
  draws: { readonly isPartial: number; readonly size: number },
): ImmediateFill {
  const terms = readProfile({ ...DEFAULT_PAPER_PROFILE, ...profile });
  const state = new AccountState(parseFixed("100000"), terms, (symbol) => INSTRUMENTS.get(symbol));
  const symbol = state.tradableSymbol("SPY");
  if (symbol === undefined) throw new Error("SPY is not there");
  symbol.market.update(tick({ timestamp: T, bid: 99.98, bidSize: 300, ask: 100.02, askSize: 200 }));
  const draw = (purpose: number): number => (purpose === CHANCE.isPartial ? draws.isPartial : draws.size);
  const order = paperOrder({ ...parts, priority: 1 });
  return immediateFill(symbol, order, { now: T, phase: "open", closesAt: null, terms, draw });
}

describe("[PX103] a fill that could be whole", () => {
  const tenth = { partialFillPercent: 10 };

  it.each([
    ["is cut where chance is below the percentage", 9, 0, "1"],
    ["and whatever number is drawn, by its last two digits", 1_209, 0, "1"],
    ["is whole from the percentage on", 10, 0, "100"],
    ["is whole at the highest", 99, 0, "100"],
    ["has at least a lot, and lacks at least one", 0, 98, "99"],
    ["counts from the first again beyond that", 0, 99, "1"],
    ["has a random part of its lots", 0, 41, "42"],
  ])("%s", (_title, isPartial, size, part) => {
    expect(meet({}, tenth, { isPartial, size }).part).toBe(parseFixed(part));
  });

  it("is whole where it is one lot, or the profile cuts none", () => {
    expect(meet({ quantity: "1" }, tenth, { isPartial: 0, size: 0 }).part).toBe(parseFixed("1"));
    expect(meet({ quantity: "2" }, tenth, { isPartial: 0, size: 5 }).part).toBe(parseFixed("1"));
    expect(meet({}, {}, { isPartial: 0, size: 0 }).part).toBe(parseFixed("100"));
  });

  it("is not cut again where the size shown cuts it, and fill-or-kill never is", () => {
    expect(meet({ quantity: "300" }, tenth, { isPartial: 0, size: 0 }).part).toBe(parseFixed("200"));
    expect(meet({ timeInForce: "fok" }, tenth, { isPartial: 0, size: 0 }).part).toBe(parseFixed("100"));
  });
});

describe("[PX33] [PX34] what cannot wait", () => {
  const none = { isPartial: 99, size: 0 };

  it("may take what is shown, at its price", () => {
    expect(meet({ quantity: "300" }, {}, none)).toMatchObject({ price: parseFixed("100.02"), left: parseFixed("200") });
    expect(meet({ quantity: "300", timeInForce: "fok" }, {}, none).part).toBe(parseFixed("200"));
    expect(meet({ side: "sell" }, {}, none)).toMatchObject({ price: parseFixed("99.98"), left: parseFixed("300") });
  });

  it("takes nothing beyond its limit", () => {
    expect(meet({ price: "100.01" }, {}, none)).toMatchObject({ price: parseFixed("100.02"), left: 0n, part: 0n });
    expect(meet({ price: "100.02" }, {}, none).part).toBe(parseFixed("100"));
  });
});
