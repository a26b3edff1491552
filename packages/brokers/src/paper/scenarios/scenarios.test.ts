import { describe, expect, it } from "vitest";
import { money, parseFixed } from "../../domain/decimal.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { intakeScenarios } from "./intakeScenarios.ts";
import { lifecycleScenarios } from "./lifecycleScenarios.ts";
import { marginScenarios } from "./marginScenarios.ts";
import { matchingScenarios } from "./matchingScenarios.ts";
import { moneyScenarios } from "./moneyScenarios.ts";
import type { Scenario } from "./Scenario.ts";
import { ScenarioRun } from "./ScenarioRun.ts";
import { sessionScenarios } from "./sessionScenarios.ts";
import { stopScenarios } from "./stopScenarios.ts";

const BOOKS = {
  intake: intakeScenarios,
  matching: matchingScenarios,
  stops: stopScenarios,
  sessions: sessionScenarios,
  lifecycle: lifecycleScenarios,
  money: moneyScenarios,
  margin: marginScenarios,
};

function check(run: ScenarioRun, words: string): void {
  const [what = "", ...rest] = words.split(/\s+/);
  const [name = "", rule = "", ...sentence] = rest;
  if (what === "why") {
    const reason = run.exchange.explain(run.idOf(name));
    expect({ rule: reason?.rule, text: reason?.text }).toEqual({ rule, text: expect.stringContaining(sentence.join(" ")) });
  } else if (what === "status") {
    expect(run.exchange.order(run.idOf(name))?.status).toBe(rule);
  } else if (what === "flat") {
    expect(run.exchange.positions().filter(({ symbol }) => symbol === (name === "" ? "SPY" : name))).toEqual([]);
  } else if (what === "position") {
    const [quantity, , averagePrice, symbol = "SPY"] = rest;
    expect(run.exchange.positions().find((each) => each.symbol === symbol)).toMatchObject({ quantity, averagePrice });
  } else {
    throw new Error(`not a check: ${words}`);
  }
}

function play({ script, profile, cash, balances }: Scenario): void {
  const run = new ScenarioRun({
    profile: { ...DEFAULT_PAPER_PROFILE, ...profile },
    ...(cash === undefined ? {} : { startingCash: money(cash) }),
  });
  const lines = script.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  let said: readonly string[] = [];
  let due: string[] = [];
  let spoken = "the start";
  const settle = (): void => expect(said, spoken).toEqual(due);
  for (const line of lines) {
    if (line.startsWith("=>")) {
      due.push(line.slice(2).trim());
      continue;
    }
    settle();
    said = [];
    due = [];
    if (line.startsWith("?")) check(run, line.slice(1).trim());
    else {
      said = run.play(line);
      spoken = line;
    }
  }
  settle();
  const end = run.exchange.balances(run.now);
  if (balances !== undefined) expect(end).toMatchObject(balances);
  const identity =
    parseFixed(money(cash ?? "100000")) + parseFixed(end.realizedPnl) + parseFixed(end.unrealizedPnl) - parseFixed(end.fees);
  expect(parseFixed(end.equity), "[PX63] equity").toBe(identity);
}

for (const [book, scenarios] of Object.entries(BOOKS)) {
  describe(book, () => {
    for (const scenario of scenarios) it(scenario.title, () => play(scenario));
  });
}
