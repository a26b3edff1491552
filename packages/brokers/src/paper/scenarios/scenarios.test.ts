import { expect, it } from "vitest";
import { money, parseFixed } from "../../domain/decimal.ts";
import { borrowScenarios } from "./borrowScenarios.ts";
import { corporateActionScenarios } from "./corporateActionScenarios.ts";
import { dividendScenarios } from "./dividendScenarios.ts";
import { feeScenarios } from "./feeScenarios.ts";
import { intakeScenarios } from "./intakeScenarios.ts";
import { lifecycleScenarios } from "./lifecycleScenarios.ts";
import { marginMixScenarios } from "./marginMixScenarios.ts";
import { marginScenarios } from "./marginScenarios.ts";
import { matchingScenarios } from "./matchingScenarios.ts";
import { moneyScenarios } from "./moneyScenarios.ts";
import { sessionScenarios } from "./sessionScenarios.ts";
import { settlementScenarios } from "./settlementScenarios.ts";
import { splitScenarios } from "./splitScenarios.ts";
import { stopScenarios } from "./stopScenarios.ts";
import { auctionScenarios } from "./auctionScenarios.ts";
import { groupScenarios } from "./groupScenarios.ts";
import { haltScenarios } from "./haltScenarios.ts";
import { latencyScenarios } from "./latencyScenarios.ts";
import { orderKindScenarios } from "./orderKindScenarios.ts";
import { queueScenarios } from "./queueScenarios.ts";
import { trailingScenarios } from "./trailingScenarios.ts";
import { playScenario, scriptLines } from "./transcript.ts";

it.each([
  ...intakeScenarios,
  ...matchingScenarios,
  ...stopScenarios,
  ...sessionScenarios,
  ...lifecycleScenarios,
  ...moneyScenarios,
  ...marginScenarios,
  ...marginMixScenarios,
  ...feeScenarios,
  ...settlementScenarios,
  ...borrowScenarios,
  ...corporateActionScenarios,
  ...splitScenarios,
  ...dividendScenarios,
  ...auctionScenarios,
  ...groupScenarios,
  ...haltScenarios,
  ...latencyScenarios,
  ...orderKindScenarios,
  ...queueScenarios,
  ...trailingScenarios,
])("$title", (scenario) => {
  const { run, transcript } = playScenario(scenario);
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
});
