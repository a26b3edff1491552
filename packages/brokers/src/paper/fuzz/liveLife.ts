import { parseFixed } from "../../domain/decimal.ts";
import { ORDER_SIDES } from "../../domain/order.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import { paperEventSchema } from "../paperEventSchema.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { paperSnapshotSchema } from "../paperSnapshotSchema.ts";
import { paperConfig, TEN_O_CLOCK } from "../scenarios/fixture.ts";
import { DayRun } from "../scenarios/randomDay.ts";
import type { FuzzAct, FuzzLife } from "./fuzzActs.ts";
import { FillJudge } from "./FillJudge.ts";
import { GroupWatch } from "./GroupWatch.ts";
import { LedgerModel } from "./LedgerModel.ts";

/** What an account said in its life. */
export interface LivedLife {
  readonly journal: readonly PaperEvent[];
  /** What broke a rule, with the number of the act; empty where nothing did. */
  readonly faults: readonly string[];
}

/** Lives one random life and holds the account to its rules after every act. Ends at the first fault. */
export function liveLife({ profile, acts }: FuzzLife): LivedLife {
  const config = paperConfig({ profile });
  const ledger = new LedgerModel(config.startingCash);
  const judge = new FillJudge(profile);
  const groups = new GroupWatch();
  const journal: PaperEvent[] = [];
  let run = new DayRun(PaperExchange.create(config), TEN_O_CLOCK);
  for (const [index, act] of acts.entries()) {
    if (act.kind === "restart") {
      run = run.continueWith(restarted(act.from, run.exchange, journal, config));
      // A snapshot also holds what ticks told.
      if (act.from === "journal") judge.forgetAll();
    }
    if (act.kind === "tick") judge.see(act.tick);
    const events = doAct(run, act);
    journal.push(...events);
    const faults = [
      ...events.flatMap((event) => ledger.book(event)),
      ...events.flatMap((event) => judge.faultsOf(event, run.exchange)),
      ...faultsOfAccount(run, ledger),
      ...groups.faultsOf(events, run.exchange),
    ];
    if (faults.length > 0) return { journal, faults: faults.map((fault) => `act ${index} (${act.kind}): ${fault}`) };
  }
  return { journal, faults: faultsOfFold(journal, run.exchange, config) };
}

type Config = ReturnType<typeof paperConfig>;

function doAct(run: DayRun, act: FuzzAct): readonly PaperEvent[] {
  const { exchange, now } = run;
  if (act.kind === "restart") return [];
  if (act.kind === "status") return exchange.onStatus({ symbol: act.symbol, status: act.status, at: now });
  if (act.kind === "auction") {
    const { symbol, auction, price } = act;
    return exchange.onAuction({ symbol, kind: auction, price, size: 1_000, at: now });
  }
  if (act.kind !== "corporate") return run.do(act);
  const { action, name, payAfterMs } = act;
  const base = { actionId: `A${name}`, at: now };
  return exchange.onCorporateAction(
    action.type === "cash_dividend" ? { ...action, ...base, payAt: now + payAfterMs } : { ...action, ...base },
  );
}

function restarted(
  from: "snapshot" | "journal",
  exchange: PaperExchange,
  journal: readonly PaperEvent[],
  config: Config,
): PaperExchange {
  if (from === "journal") return PaperExchange.restore(config, null, journal);
  const stored: unknown = JSON.parse(JSON.stringify(exchange.snapshot()));
  return PaperExchange.restore(config, paperSnapshotSchema.parse(stored), []);
}

function faultsOfAccount({ exchange, now }: DayRun, ledger: LedgerModel): readonly string[] {
  const balances = exchange.balances(now);
  const at = Math.max(now, exchange.now);
  const faults = [...ledger.faultsOf(balances, exchange.positions(), at)];
  const reserved = parseFixed(balances.reserved);
  const open = exchange.openOrders();
  if (reserved < 0n) faults.push(`reserved ${balances.reserved}`);
  if (reserved > 0n && open.length === 0) faults.push(`reserved ${balances.reserved} without an open order`);
  for (const order of open) {
    if (!ORDER_SIDES.includes(order.side) || parseFixed(order.filledQuantity) >= parseFixed(order.quantity)) {
      faults.push(`an open order with nothing to fill: ${order.orderId}`);
    }
  }
  return faults;
}

/** The journal, through JSON, gives the account that lived it. */
function faultsOfFold(journal: readonly PaperEvent[], exchange: PaperExchange, config: Config): readonly string[] {
  const stored: unknown = JSON.parse(JSON.stringify(journal));
  const folded = PaperExchange.restore(config, null, paperEventSchema.array().parse(stored));
  const said = accountOf(exchange);
  const found = accountOf(folded);
  return said === found ? [] : [`folding the journal gives another account: ${said} is not ${found}`];
}

/** A snapshot without what only ticks tell. */
function accountOf(exchange: PaperExchange): string {
  const { phase: _phase, at: _at, symbols, ...rest } = exchange.snapshot();
  const holdings = symbols
    .map(({ market: _market, ...holding }) => holding)
    .filter(({ quantity, realized }) => quantity !== "0" || realized !== "0");
  return JSON.stringify({ ...rest, holdings }, sortKeys);
}

/** Parsing gives keys another order, which means nothing. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
