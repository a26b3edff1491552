import { Session, type Profiler } from "node:inspector/promises";
import { basename } from "node:path";
import { benchPaperScale } from "./paperScale.ts";

/** Where the paper exchange spends its time; a file that is not named here counts as "the rest". */
const PARTS: Readonly<Record<string, string>> = {
  "taking ticks in": "MarketView ForgottenQuote SymbolState MarketTime PaperExchange SymbolRegister",
  "order books": "Ladder Rung OrderBook precedence",
  matching: "matching printMatching queue meeting displayedSize trailing auctions OrderDesk linkedGroups",
  "checking orders":
    "RequestDesk checkOrder checkTerms checkLinked checkBorrow checkInstrument auctionSchedule referencePrice expiry orderDrafts SessionState",
  "margin and marks": "margin Valuation",
  "the account, its orders and ids": "AccountState OrderRegister IdIndex PaperOrder Holding InFlight Expiries",
  "fees and settlement": "fees feeTables exchangeFees settlement MoneyState",
  "making events and their texts": "orderEvents filledEvent FillHistory EventLog reasons ids",
  "exact decimals": "decimal",
};
const GC = "(garbage collector)";

const partOf = (url: string): string => {
  const name = basename(url, ".ts");
  return Object.entries(PARTS).find(([, names]) => names.split(" ").includes(name))?.[0] ?? "the rest";
};

/** Microseconds by part: what runs within a call of the exchange, and the garbage collection of the whole process. */
function timeByPart({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> {
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const partById = new Map<number, string>();
  const visit = (node: Profiler.ProfileNode, isWithin: boolean): void => {
    const { functionName, url } = node.callFrame;
    const isExchange = isWithin || basename(url) === "PaperExchange.ts";
    if (functionName === GC) partById.set(node.id, "garbage collection");
    else if (isExchange) partById.set(node.id, partOf(url));
    for (const id of node.children ?? []) {
      const child = nodeById.get(id);
      if (child !== undefined) visit(child, isExchange);
    }
  };
  const [root] = nodes;
  if (root !== undefined) visit(root, false);
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const part = partById.get(id);
    if (part !== undefined) times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return times;
}

/** Shares of the time of `benchPaperScale`, the largest first; the making of its inputs is left out. */
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
benchPaperScale({ instruments: 500, resting: Number(process.argv[2] ?? 10_000), inputs: 1_000_000 });
const { profile } = await session.post("Profiler.stop");
const times = [...timeByPart(profile)].toSorted(([, a], [, b]) => b - a);
const total = times.reduce((sum, [, time]) => sum + time, 0);
for (const [part, time] of times) process.stdout.write(`${((100 * time) / total).toFixed(1).padStart(5)} %  ${part}\n`);
