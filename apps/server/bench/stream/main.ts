// pnpm bench:stream [--rounds 5] [--seconds 3] [--only A,B,C,D,E,F] [--variants "bare ws,ours"]
// The desk's streams against bare ws, stock tRPC and socket.io. Every round runs every variant once, in turn; medians.
import { parseArgs } from "node:util";
import { z } from "zod";
import { simulatedVenue } from "./feed/simulatedVenue.ts";
import { PinnedProcess } from "./PinnedProcess.ts";
import { Run, type Figures, type Load } from "./Run.ts";
import { VARIANT_NAMES, type VariantName } from "./variants/VARIANTS.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    stallSeconds: { type: "string", default: "60" },
    only: { type: "string", default: "A,B,C,D,E,F" },
    clients: { type: "string" },
    variants: { type: "string", default: VARIANT_NAMES.join(",") },
  },
});
const rounds = Number(options.rounds);
const milliseconds = Number(options.seconds) * 1_000;
const wanted = new Set(options.only.split(","));
const compared = new Set(options.variants.split(","));

/** Memory is looked at so often while readers stall. */
const STALL_PARTS = 6;
const quotes = { kind: "quotes", intervalMs: 50, ticksPerSecond: 10_000 } as const;
const few = (clients: number): number => (options.clients === undefined ? clients : Number(options.clients));
const same20 = { ...quotes, symbols: 20, watched: 20, sameForAll: true } as const;
const own50 = { symbols: 500, watched: 50, sameForAll: false } as const;
const comparisons: readonly {
  readonly name: string;
  readonly load: Load;
  readonly variants: readonly VariantName[];
}[] = [
  { name: "A: 500 clients, the same 20 symbols", load: { ...same20, clients: few(500) }, variants: VARIANT_NAMES },
  { name: "A: 1,000 clients, the same 20 symbols", load: { ...same20, clients: few(1_000) }, variants: VARIANT_NAMES },
  {
    name: "B: 500 clients, each 50 of 500 symbols",
    load: { ...quotes, ...own50, clients: few(500) },
    variants: VARIANT_NAMES,
  },
  {
    name: "E: every tick, 500 clients, each 50 of 500 symbols",
    load: { kind: "ticks", intervalMs: 0, ticksPerSecond: 10_000, ...own50, clients: few(500) },
    variants: ["bare ws", "ours", "stock tRPC per tick", "socket.io"],
  },
];

const spoken = z.object({ venue: simulatedVenue, said: z.number() });
const summary: Record<string, unknown> = {};
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const number = (value: number, digits = 0): string => value.toLocaleString("en-US", { maximumFractionDigits: digits });

/** What a variant bears with a core of its own: above it, it falls behind for ever, and its cost a delivery stays the same. */
function bearable(variant: VariantName, { kind, ticksPerSecond }: Load): number {
  if (variant === "stock tRPC per tick") return kind === "quotes" ? 16 : 160;
  if (variant === "socket.io" && kind === "ticks") return 1_000;
  return ticksPerSecond;
}

for (const { name, load, variants } of comparisons) {
  if (!wanted.has(name.slice(0, 1)) || (options.clients !== undefined && name.startsWith("A: 1,000"))) continue;
  const results = new Map<VariantName, Figures[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of variants.filter((each) => compared.has(each))) {
      process.stderr.write(`${name}, round ${round + 1}: ${variant}\n`);
      await using run = new Run({ ...load, ticksPerSecond: bearable(variant, load) });
      await run.open(variant);
      await run.untilReady(20_000);
      await run.tick();
      await run.measure(1_000);
      results.set(variant, [...(results.get(variant) ?? []), await run.measure(milliseconds)]);
    }
  }
  report(name, load, results);
}
if (wanted.has("C")) await stalledReaders();
if (wanted.has("D")) await storms();
if (wanted.has("F")) await bursts();
print(`\npinned to a core each: ${PinnedProcess.isPinned}; Node ${process.versions.node}; medians of ${rounds}`);
print(JSON.stringify(summary));

function report(name: string, load: Load, results: ReadonlyMap<VariantName, readonly Figures[]>): void {
  const middles = new Map([...results].map(([variant, runs]) => [variant, medians(runs)]));
  const bare = middles.get("bare ws");
  const stock = middles.get("stock tRPC") ?? middles.get("stock tRPC per tick");
  print(`\n${name}${load.intervalMs > 0 ? `, every ${load.intervalMs} ms` : ""}\n`);
  print(
    "| variant | ticks/s | deliveries/s | a core·s | µs a delivery | µs a message | p50 ms | p99 ms | bytes | MiB | KiB a client | server core | clients' core | to bare | to stock |",
  );
  print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
  for (const [variant, each] of middles) {
    const ratio = (to: Figures | undefined): number =>
      each.deliveriesPerCpuSecond / (to?.deliveriesPerCpuSecond ?? Number.NaN);
    print(
      `| ${variant} | ${number(each.ticksPerSecond)} | ${number(each.deliveriesPerSecond)} | ${number(each.deliveriesPerCpuSecond)} | ${number(each.cpuMicrosecondsPerDelivery, 2)} | ${number(each.cpuMicrosecondsPerMessage, 1)} | ${number(each.p50Ms)} | ${number(each.p99Ms)} | ${number(each.bytesPerDelivery)} | ${number(each.rssMegabytes)} | ${number(each.kibibytesPerClient)} | ${number(each.serverCore, 2)} | ${number(each.clientCore, 2)} | ${number(ratio(bare), 2)} | ${number(ratio(stock), 2)} |`,
    );
    summary[`${name.slice(0, 1)} ${load.clients} ${variant}`] = { ...each, toBare: ratio(bare), toStock: ratio(stock) };
  }
}

/** C: ten of a hundred stop reading. */
async function stalledReaders(): Promise<void> {
  print(
    `\nC: ${few(100)} clients, 200 symbols every 16 ms, a tenth of them stop reading for ${options.stallSeconds} s\n`,
  );
  print("| variant | MiB before | MiB as it goes on | p99 ms before | p99 ms, the worst part |");
  print("|---|--:|---|--:|--:|");
  const load: Load = {
    kind: "quotes",
    intervalMs: 16,
    clients: few(100),
    symbols: 200,
    watched: 200,
    sameForAll: true,
    ticksPerSecond: 10_000,
  };
  for (const variant of ["ours", "stock tRPC"] as const) {
    await using run = new Run(load);
    await run.open(variant);
    await run.untilReady(20_000);
    await run.tick();
    await run.measure(milliseconds);
    const before = await run.measure(milliseconds);
    await run.stall(load.clients / 10);
    const parts: Figures[] = [];
    for (let part = 0; part < STALL_PARTS; part += 1)
      parts.push(await run.measure((Number(options.stallSeconds) * 1_000) / STALL_PARTS));
    const mebibytes = parts.map(({ rssMegabytes }) => Math.round(rssMegabytes));
    const worstMs = Math.max(...parts.map(({ p99Ms }) => p99Ms));
    print(
      `| ${variant} | ${number(before.rssMegabytes)} | ${mebibytes.join(", ")} | ${number(before.p99Ms)} | ${number(worstMs)} |`,
    );
    summary[`C ${variant}`] = { before, mebibytes, worstP99Ms: worstMs };
  }
}

/** D: a thousand clients come in a second; all are cut, and come back within a second. Each must have every symbol. */
async function storms(): Promise<void> {
  const load: Load = { ...same20, clients: few(1_000) };
  await using run = new Run(load);
  await run.open("ours", 1_000);
  await run.tick();
  const storm = await run.untilWhole(30_000, 1);
  const first = await run.measure(200);
  const cutAt = performance.now();
  await run.cut();
  const isBack = (await run.untilWhole(30_000, 2)) !== null;
  const again = isBack ? performance.now() - cutAt : Number.NaN;
  const second = await run.measure(200);
  print(
    `\nD: ${load.clients} clients at once: all have every symbol after ${number(storm ?? Number.NaN)} ms, longest stall ${number(first.stallMs)} ms; cut and back within a random second: ${number(again)} ms, longest stall ${number(second.stallMs)} ms`,
  );
  summary["D"] = { stormMs: storm, afterCutMs: again, stallMs: Math.max(first.stallMs, second.stallMs) };
}

/** F: 50,000 quotes a second that Alpaca says on its socket, through our client, to a hundred clients. */
async function bursts(): Promise<void> {
  const load: Load = { ...quotes, ...own50, ticksPerSecond: 50_000, clients: few(100) };
  await using feed = new PinnedProcess("feed/feedMain.ts", 1);
  const symbols = Array.from({ length: load.symbols }, (_, index) => `S${String(index).padStart(3, "0")}`);
  const { venue } = spoken.parse(await feed.ask({ do: "listen", symbols }));
  await using run = new Run(load);
  await run.openFrom(venue);
  await run.untilReady(20_000);
  const said = async (): Promise<number> => spoken.parse(await feed.ask({ do: "measure" })).said;
  await feed.ask({ do: "say", perSecond: load.ticksPerSecond });
  print(
    `\nF: ${number(load.ticksPerSecond)} quotes a second from Alpaca's socket, ${load.clients} clients, each 50 of 500\n`,
  );
  print("| second | said/s | taken/s | deliveries/s | p50 ms | p99 ms | MiB | stall ms | server core |");
  print("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
  const all: Figures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [before, from] = [await said(), performance.now()];
    const each = await run.measure(milliseconds);
    const saidPerSecond = ((await said()) - before) / ((performance.now() - from) / 1_000);
    all.push(each);
    print(
      `| ${number(((round + 1) * milliseconds) / 1_000)} | ${number(saidPerSecond)} | ${number(each.ticksPerSecond)} | ${number(each.deliveriesPerSecond)} | ${number(each.p50Ms)} | ${number(each.p99Ms)} | ${number(each.rssMegabytes)} | ${number(each.stallMs)} | ${number(each.serverCore, 2)} |`,
    );
  }
  summary["F"] = { ...medians(all), rssMegabytes: all.map(({ rssMegabytes }) => Math.round(rssMegabytes)) };
}

function medians(runs: readonly Figures[]): Figures {
  const middle = (read: (each: Figures) => number): number => {
    const sorted = runs.map(read).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    deliveriesPerSecond: middle((each) => each.deliveriesPerSecond),
    deliveriesPerCpuSecond: middle((each) => each.deliveriesPerCpuSecond),
    messagesPerSecond: middle((each) => each.messagesPerSecond),
    cpuMicrosecondsPerMessage: middle((each) => each.cpuMicrosecondsPerMessage),
    cpuMicrosecondsPerDelivery: middle((each) => each.cpuMicrosecondsPerDelivery),
    serverCore: middle((each) => each.serverCore),
    clientCore: middle((each) => each.clientCore),
    ticksPerSecond: middle((each) => each.ticksPerSecond),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    bytesPerDelivery: middle((each) => each.bytesPerDelivery),
    rssMegabytes: middle((each) => each.rssMegabytes),
    kibibytesPerClient: middle((each) => each.kibibytesPerClient),
    stallMs: middle((each) => each.stallMs),
  };
}
