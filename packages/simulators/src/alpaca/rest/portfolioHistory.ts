import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { millisOf } from "../wire/instant.ts";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { choice, instant } from "./queryFields.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SPANS = { "1Min": 1, "5Min": 5, "15Min": 15, "1H": 60, "1D": 1_440 } as const;
const UNITS: Readonly<Record<string, number>> = { D: DAY_MS, W: 7 * DAY_MS, M: 30 * DAY_MS, A: 365 * DAY_MS };

/** `GET /v2/account/portfolio/history`: parallel arrays of numbers, since the simulator began. */
export function portfolioHistory(account: SimulatedAccount, query: URLSearchParams): object {
  const given = instant(query, "end");
  const end = given === null ? account.now() + 1 : millisOf(given);
  const period = periodMs(query.get("period") ?? "1M");
  const startGiven = instant(query, "start");
  const start = startGiven === null ? end - period : millisOf(startGiven);
  const timeframe = choice(query, "timeframe", ["1Min", "5Min", "15Min", "1H", "1D"], usualTimeframe(end - start));
  const spans = account.history.spans(SPANS[timeframe] * MINUTE_MS, start, end);
  const base = spans[0]?.equity ?? Number(account.balances().equity);
  const cents = (value: number): number => Math.round(value * 100) / 100;
  return {
    timestamp: spans.map(({ at }) => at / 1000),
    equity: spans.map(({ equity }) => cents(equity)),
    profit_loss: spans.map(({ equity }) => cents(equity - base)),
    profit_loss_pct: spans.map(({ equity }) => (base === 0 ? 0 : Math.round(((equity - base) / base) * 1e6) / 1e6)),
    base_value: cents(base),
    timeframe,
  };
}

function usualTimeframe(spanMs: number): keyof typeof SPANS {
  if (spanMs < 7 * DAY_MS) return "1Min";
  return spanMs < 30 * DAY_MS ? "15Min" : "1D";
}

function periodMs(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,3})([DWMA])$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (length === undefined) throw new ApiRefusal(400, 40010001, "invalid period");
  return Number(count) * length;
}
