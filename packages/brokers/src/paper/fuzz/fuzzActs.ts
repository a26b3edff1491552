import fc from "fast-check";
import type { CorporateAction } from "../money/CorporateAction.ts";
import type { PaperProfile } from "../profile.ts";
import { ACCESS_FEE_CAP } from "../money/exchangeFees.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { anyAct, type Act } from "../scenarios/randomDay.ts";

/** Omits keys from every member of a union. */
type OmitEach<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

/** What may happen to an account beyond orders and ticks. */
export type FuzzAct =
  | Act
  | {
      readonly kind: "corporate";
      readonly action: OmitEach<CorporateAction, "at" | "actionId">;
      /** Actions with the same name are the same. */
      readonly name: number;
      readonly payAfterMs: number;
    }
  /** The process ends and begins: from a snapshot with nothing after it, or from the journal alone. */
  | { readonly kind: "restart"; readonly from: "snapshot" | "journal" };

const symbol = fc.constantFrom("SPY", "SPY", "SPY", "IBM", "HARD", "FRAC", "NOPE");
const DAY = 86_400_000;

const anyCorporateAct: fc.Arbitrary<FuzzAct> = fc
  .record({
    name: fc.nat(200),
    payAfterMs: fc.constantFrom(0, 3_600_000, DAY, 3 * DAY, -1),
    action: fc.oneof(
      fc.record({
        type: fc.constant("split" as const),
        symbol,
        newShares: fc.constantFrom(2, 3, 3, 1, 1, 7, 10, 1.5),
        oldShares: fc.constantFrom(1, 1, 2, 3, 10, 4, 0),
        cashInLieuPrice: fc.constantFrom("100.01", "33.333333", "0.0001", null),
      }),
      fc.record({
        type: fc.constant("cash_dividend" as const),
        symbol,
        amountPerShare: fc.constantFrom("0.25", "0.333333333", "1", "0.009", "120", "-1", "NaN"),
        payAt: fc.constant(0),
      }),
      fc.record({ type: fc.constant("symbol_change" as const), symbol, newSymbol: symbol }),
    ),
  })
  .map((act) => ({ kind: "corporate" as const, ...act }));

const anyRestart: fc.Arbitrary<FuzzAct> = fc
  .constantFrom("snapshot" as const, "journal" as const)
  .map((from) => ({ kind: "restart" as const, from }));

const anyFuzzAct: fc.Arbitrary<FuzzAct> = fc.oneof(
  { weight: 40, arbitrary: anyAct },
  { weight: 2, arbitrary: anyCorporateAct },
  { weight: 1, arbitrary: anyRestart },
);

/** The terms under which a random life is lived; all of them hold to the same invariants. */
const PROFILES: readonly Partial<PaperProfile>[] = [
  { participationRate: "0.7", commission: { perShare: "0.005", minimumPerOrder: "1", perOrder: "0.35" } },
  { account: "cash" },
  {
    exchangeFees: [{ from: "2007-03-05", removePerShare: "0.003", removeBelowDollar: "0.003", addPerShare: "-0.002" }],
    borrow: {
      others: { availability: "easy", annualRate: "0.36" },
      symbols: { SPY: { availability: "hard", annualRate: "0.5", shares: "500" }, IBM: { availability: "none" } },
    },
  },
  { exchangeFees: ACCESS_FEE_CAP, regulatoryFees: false },
];

/** One account's terms and its life. */
export interface FuzzLife {
  readonly profile: PaperProfile;
  readonly acts: readonly FuzzAct[];
}

export const anyLife: fc.Arbitrary<FuzzLife> = fc.record({
  profile: fc.constantFrom(...PROFILES).map((change) => ({ ...DEFAULT_PAPER_PROFILE, ...change })),
  acts: fc.array(anyFuzzAct, { minLength: 1, maxLength: 400, size: "max" }),
});
