import { money } from "../../domain/decimal.ts";
import type { PaperExchangeConfig } from "../PaperExchangeConfig.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { paperConfig } from "./fixture.ts";
import type { Scenario } from "./Scenario.ts";
import { ScenarioRun } from "./ScenarioRun.ts";

/** What a scenario's script says should happen, a line an entry. */
export function scriptLines({ script }: Scenario): readonly string[] {
  return script.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

/**
 * Plays a scenario and answers its script as it really went: the same lines where all is as the script says, and where
 * not, what was said or found instead.
 */
export function playScenario(scenario: Scenario): {
  readonly config: PaperExchangeConfig;
  readonly run: ScenarioRun;
  readonly transcript: readonly string[];
} {
  const config = paperConfig({
    profile: { ...DEFAULT_PAPER_PROFILE, ...scenario.profile },
    ...(scenario.cash === undefined ? {} : { startingCash: money(scenario.cash) }),
  });
  const run = new ScenarioRun(config);
  const transcript = scriptLines(scenario).flatMap((line) => {
    if (line.startsWith("=>")) return [];
    if (line.startsWith("?")) return [findings(run, line)];
    return [line, ...run.play(line).map((event) => `=> ${event}`)];
  });
  return { config, run, transcript };
}

/** The check itself where it holds, what was found where not. */
function findings(run: ScenarioRun, check: string): string {
  const [, what, name = "", ...rest] = check.split(/\s+/);
  if (what === "why") {
    const reason = run.exchange.explain(run.idOf(name));
    const [rule, ...words] = rest;
    return reason?.rule === rule && reason?.text.includes(words.join(" ")) === true
      ? check
      : `? why ${name} ${reason?.rule} ${reason?.text}`;
  }
  if (what === "status") return `? status ${name} ${run.exchange.order(run.idOf(name))?.status}`;
  const symbol = /\b[A-Z]+$/.exec(check)?.[0] ?? "SPY";
  const held = run.exchange.positions().find((position) => position.symbol === symbol);
  const suffix = check.endsWith(symbol) ? ` ${symbol}` : "";
  return held === undefined ? `? flat${suffix}` : `? position ${held.quantity} @ ${held.averagePrice}${suffix}`;
}
