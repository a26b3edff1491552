import { expect, it } from "vitest";
import { money, parseFixed } from "../../domain/decimal.ts";
import { intakeScenarios } from "./intakeScenarios.ts";
import { lifecycleScenarios } from "./lifecycleScenarios.ts";
import { marginScenarios } from "./marginScenarios.ts";
import { matchingScenarios } from "./matchingScenarios.ts";
import { moneyScenarios } from "./moneyScenarios.ts";
import { sessionScenarios } from "./sessionScenarios.ts";
import { stopScenarios } from "./stopScenarios.ts";
import { playScenario, scriptLines } from "./transcript.ts";

it.each([
  ...intakeScenarios,
  ...matchingScenarios,
  ...stopScenarios,
  ...sessionScenarios,
  ...lifecycleScenarios,
  ...moneyScenarios,
  ...marginScenarios,
])("$title", (scenario) => {
  const { run, transcript } = playScenario(scenario);
  expect(transcript).toEqual(scriptLines(scenario));
  const end = run.exchange.balances(run.now);
  expect(end).toMatchObject(scenario.balances ?? {});
  // [PX63]
  const gained = parseFixed(end.realizedPnl) + parseFixed(end.unrealizedPnl) - parseFixed(end.fees);
  expect(parseFixed(end.equity)).toBe(parseFixed(money(scenario.cash ?? "100000")) + gained);
});
