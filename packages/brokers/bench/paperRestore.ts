import { money } from "../src/domain/index.ts";
import { PaperExchange, type PaperEvent, type PaperExchangeConfig } from "../src/paper/index.ts";
import type { BenchResult } from "./BenchResult.ts";
import { instrumentOf, OPEN_SESSION, orderAt, symbolAt, tickAt } from "./paperInputs.ts";

const CONFIG: PaperExchangeConfig = {
  seed: 1,
  startingCash: money("1000000000"),
  instruments: instrumentOf,
  session: () => OPEN_SESSION,
};

/** Events a second that fold into an account, as a start from the journal alone does. */
export function benchPaperRestore(orders = 50_000): BenchResult {
  const exchange = PaperExchange.create(CONFIG);
  const journal: PaperEvent[] = [];
  for (let index = 0; index < orders; index += 1) {
    const tick = tickAt(symbolAt(index), index);
    journal.push(...exchange.onTick(tick), ...exchange.submit(tick.timestamp, orderAt(symbolAt(index), index)));
  }
  const startedAt = performance.now();
  const restored = PaperExchange.restore(CONFIG, null, journal);
  const elapsedMs = performance.now() - startedAt;
  return {
    name: "paper exchange: events a second folded from a journal in memory",
    value: Math.round((journal.length / elapsedMs) * 1000),
    unit: "events/s",
    details: { events: restored.sequence, elapsedMs: Math.round(elapsedMs) },
  };
}
