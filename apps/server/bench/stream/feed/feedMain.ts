// Alpaca's price stream as a mouth: quotes of many symbols at a steady rate, in frames, in a process of its own. It says
// what it is told to by its parent, with the time at which it says it.
import { ScriptedAlpaca, STAGE_ACCOUNT } from "@trenddojo/brokers/testing";
import { z } from "zod";

/** Alpaca batches what comes within a few milliseconds. */
const QUOTES_A_FRAME = 20;
const TURN_MS = 2;
const HOUR_MS = 3_600_000;

const message = z.discriminatedUnion("do", [
  z.object({ do: z.literal("listen"), symbols: z.array(z.string()) }),
  z.object({ do: z.literal("say"), perSecond: z.number() }),
  z.object({ do: z.literal("measure") }),
]);

const alpaca = await ScriptedAlpaca.start();
let symbols: readonly string[] = [];
let said = 0;

const now = (): string => new Date().toISOString();
const hence = (ms: number): string => new Date(Date.now() + ms).toISOString();
const price = (index: number): number => Math.round(10_000 + (index % 997)) / 100;

function answerRequests(): void {
  const assets = symbols.map((symbol) => ({
    id: `904837e3-3b76-47ec-b432-${symbol.padStart(12, "0").replaceAll(/[^0-9]/gu, "a")}`,
    class: "us_equity",
    exchange: "NASDAQ",
    symbol,
    name: symbol,
    status: "active",
    tradable: true,
    marginable: true,
    shortable: true,
    easy_to_borrow: true,
    fractionable: true,
    attributes: [],
  }));
  for (const asset of assets) alpaca.on(`GET /v2/assets/${asset.symbol}`, { json: asset });
  alpaca
    .on("GET /v2/account", { json: STAGE_ACCOUNT })
    .on("GET /v2/clock", () => ({
      json: { timestamp: now(), is_open: true, next_open: hence(24 * HOUR_MS), next_close: hence(HOUR_MS) },
    }))
    .on("GET /v2/orders", { json: [] })
    .on("GET /v2/positions", { json: [] })
    .on("GET /v2/account/activities/FILL", { json: [] })
    .on("GET /v2/account/activities", { json: [] })
    .on("GET /v2/assets", { json: assets })
    .on("GET /v2/stocks/snapshots", ({ query }) => ({
      json: Object.fromEntries(
        (query.get("symbols") ?? "").split(",").map((symbol) => [
          symbol,
          {
            latestQuote: { t: now(), bp: 100, bs: 1_000, ap: 100.02, as: 1_000 },
            latestTrade: { t: now(), p: 100, s: 5 },
          },
        ]),
      ),
    }));
}

/** As many as are due by now; whatever a busy machine made late is said at once, as a burst is. */
function say(perSecond: number): void {
  const startedAt = performance.now();
  let due = 0;
  setInterval(() => {
    const target = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (; due + QUOTES_A_FRAME <= target; due += QUOTES_A_FRAME) alpaca.say("prices", frame());
  }, TURN_MS);
}

function frame(): readonly object[] {
  const t = now();
  return Array.from({ length: QUOTES_A_FRAME }, () => {
    said += 1;
    const bp = price(said);
    const S = symbols[said % symbols.length];
    return { T: "q", S, bx: "V", bp, bs: 100 + (said % 50), ax: "V", ap: bp + 0.02, as: 200, c: ["R"], z: "C", t };
  });
}

process.on("message", (raw: unknown) => {
  const order = message.parse(raw);
  if (order.do === "listen") {
    ({ symbols } = order);
    answerRequests();
  }
  if (order.do === "say") say(order.perSecond);
  process.send?.({ venue: alpaca.venue, said });
});
process.on("disconnect", () => process.exit());
