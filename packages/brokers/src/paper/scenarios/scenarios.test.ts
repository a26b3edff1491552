import { describe, expect, it } from "vitest";
import { z } from "zod";
import { money, parseFixed } from "../../domain/decimal.ts";
import { paperEventSchema } from "../paperEventSchema.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { paperSnapshotSchema } from "../paperSnapshotSchema.ts";
import { readScenarios, scenarioFiles } from "./readScenarios.ts";
import { rulesOf, specRules } from "./specRules.ts";
import { playScenario, scriptLines } from "./transcript.ts";

const files = scenarioFiles().map((file) => ({ file, scenarios: readScenarios(file) }));

/** Rules that decide no outcome, or are not of one day: what holds them instead. */
const HELD_ELSEWHERE: Readonly<Record<string, string>> = {
  PX2: "the journal: PaperExchange.property.test.ts, PaperExchange.test.ts",
  PX3: "ids: PaperExchange.test.ts",
  PX4: "snapshots: PaperExchange.property.test.ts, money/moneySnapshot.test.ts",
  PX63: "asked of every scenario, below",
  PX250: "what the owner is told: money/toAccountEvent.test.ts",
  PX86: "what would be refused: specialOrders.property.test.ts, PaperBackendIssues.test.ts",
  PX87: "average prices: PaperOrder.test.ts",
  PX102: "chance: PaperExchange.property.test.ts",
};

/** What a journal alone says of an account: all but the market's marks (PX4). */
function booked(exchange: PaperExchange, at: number): unknown {
  const { cash, fees, realizedPnl, settledCash, dividends, accruedDividends, borrowFees } = exchange.balances(at);
  const held = exchange.positions().map(({ symbol, quantity, averagePrice }) => [symbol, quantity, averagePrice]);
  return { cash, fees, realizedPnl, settledCash, dividends, accruedDividends, borrowFees, held };
}

describe.each(files.map(({ file, scenarios }) => [file, scenarios] as const))("%s", (_file, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", (_title, scenario) => {
    const { config, run, transcript } = playScenario(scenario);
    expect(transcript).toEqual(scriptLines(scenario));
    const end = run.exchange.balances(run.now);
    expect(end).toMatchObject(scenario.balances ?? {});
    // [PX63]
    const gained =
      parseFixed(end.realizedPnl) +
      parseFixed(end.unrealizedPnl) +
      parseFixed(end.dividends ?? "0") -
      parseFixed(end.fees) -
      parseFixed(end.borrowFees ?? "0");
    expect(parseFixed(end.equity)).toBe(parseFixed(money(scenario.cash ?? "100000")) + gained);
    // [PX2] [PX4]
    const { exchange, journal, now } = run;
    const stored = z.array(paperEventSchema).parse(JSON.parse(JSON.stringify(journal)));
    expect(stored).toEqual(journal);
    const folded = PaperExchange.restore(config, null, stored);
    expect(booked(folded, now)).toEqual(booked(exchange, now));
    const kept = paperSnapshotSchema.parse(JSON.parse(JSON.stringify(exchange.snapshot())));
    const restored = PaperExchange.restore(config, kept, []);
    expect(restored.snapshot()).toEqual(exchange.snapshot());
    expect(restored.balances(now)).toEqual(end);
  });
});

describe("the scenarios and SPEC.md", () => {
  const titles = files.flatMap(({ scenarios }) => scenarios.map(({ title }) => title));
  const cited = new Set(titles.flatMap((title) => rulesOf(title)));

  it("[PX80] no two scenarios have one title", () => {
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it("[PX80] a title names rules that SPEC.md states", () => {
    expect([...cited].filter((rule) => !specRules().includes(rule))).toEqual([]);
  });

  it("[PX80] a rule has a scenario, or it is said what holds it", () => {
    const without = specRules().filter((rule) => !cited.has(rule));
    expect(without.toSorted()).toEqual(Object.keys(HELD_ELSEWHERE).toSorted());
  });
});
