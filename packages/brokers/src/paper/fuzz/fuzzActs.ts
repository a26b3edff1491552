import fc from "fast-check";
import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { PaperProfile } from "../profile.ts";
import { ACCESS_FEE_CAP } from "../money/exchangeFees.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { ALPACA_LIKE_PROFILE, PESSIMISTIC_PROFILE, REALISTIC_PROFILE } from "../profiles.ts";
import { anyAct, type Act } from "../scenarios/randomDay.ts";
import type { TradingStatus } from "../../domain/tradingStatus.ts";
import { anySpecialOrder } from "./specialOrders.ts";

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
  /** Trading stops or resumes, or the exchange names an official price. */
  | { readonly kind: "status"; readonly symbol: string; readonly status: TradingStatus }
  | { readonly kind: "auction"; readonly symbol: string; readonly auction: "open" | "close"; readonly price: number }
  /** The process ends and begins: from a snapshot with nothing after it, or from the journal alone. */
  | { readonly kind: "restart"; readonly from: "snapshot" | "journal" };

const symbol = fc.constantFrom("SPY", "SPY", "SPY", "IBM", "HARD", "FRAC", "PART", "NOPE");
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

const anySpecialAct: fc.Arbitrary<FuzzAct> = fc
  .record({ waitMs: fc.constantFrom(0, 1, 500, 60_000), order: anySpecialOrder })
  .map((act) => ({ kind: "submit" as const, ...act }));

const anyNews: fc.Arbitrary<FuzzAct> = fc.oneof(
  fc.record({
    kind: fc.constant("status" as const),
    symbol,
    status: fc.constantFrom("halted" as const, "paused" as const, "resumed" as const, "resumed" as const),
  }),
  fc.record({
    kind: fc.constant("auction" as const),
    symbol,
    auction: fc.constantFrom("open" as const, "close" as const),
    price: fc.constantFrom(99.5, 100, 100.25, Number.NaN, -1),
  }),
);

/** Ticks of the symbols that trade in parts of a share, too. */
const anyPlainAct: fc.Arbitrary<FuzzAct> = fc
  .record({ act: anyAct, other: fc.constantFrom("PART", "FRAC", null, null, null, null) })
  .map(({ act, other }) =>
    act.kind === "tick" && other !== null ? { ...act, tick: { ...act.tick, symbol: other } } : act,
  );

const anyFuzzAct: fc.Arbitrary<FuzzAct> = fc.oneof(
  { weight: 40, arbitrary: anyPlainAct },
  { weight: 10, arbitrary: anySpecialAct },
  { weight: 2, arbitrary: anyNews },
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
  ALPACA_LIKE_PROFILE,
  PESSIMISTIC_PROFILE,
  { ...REALISTIC_PROFILE, latency: { inMs: 700, outMs: 5, jitterMs: 60_000 } },
  { auctionPrices: "official", queueModel: "none" },
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
