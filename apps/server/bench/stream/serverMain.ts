// One variant in a process of its own: parent's messages in, its figures out.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { z } from "zod";
import { AlpacaSource } from "./feed/AlpacaSource.ts";
import { simulatedVenue } from "./feed/simulatedVenue.ts";
import { TickGenerator } from "./TickGenerator.ts";
import type { RunningVariant } from "./Variant.ts";
import { serveHub } from "./variants/ours.ts";
import { VARIANT_NAMES, VARIANTS } from "./variants/VARIANTS.ts";

const startMessage = z.object({
  do: z.literal("start"),
  variant: z.enum(VARIANT_NAMES),
  kind: z.enum(["quotes", "ticks"]),
  intervalMs: z.number(),
  symbols: z.array(z.string()),
  ticksPerSecond: z.number(),
});
const message = z.discriminatedUnion("do", [
  startMessage,
  z.object({ do: z.literal("start from Alpaca"), venue: simulatedVenue }),
  z.object({ do: z.literal("tick") }),
  z.object({ do: z.literal("measure") }),
  z.object({ do: z.literal("cut") }),
]);

const loop = monitorEventLoopDelay({ resolution: 1 });
let generator: TickGenerator | null = null;
let running: (Omit<RunningVariant, "take"> & Partial<Pick<RunningVariant, "take">>) | null = null;
let upstream: AlpacaSource | null = null;
let cpu = process.cpuUsage();
let since = performance.now();
let made = 0;

async function obey(order: z.infer<typeof message>): Promise<unknown> {
  if (order.do === "start") {
    running = await VARIANTS[order.variant]({ kind: order.kind, intervalMs: order.intervalMs });
    generator = new TickGenerator(order.symbols, order.ticksPerSecond);
    loop.enable();
    return { port: running.port };
  }
  if (order.do === "start from Alpaca") {
    upstream = await AlpacaSource.connect(order.venue);
    running = await serveHub(upstream);
    loop.enable();
    return { port: running.port };
  }
  if (order.do === "tick") generator?.start((data) => running?.take?.(data));
  if (order.do === "cut") running?.cut();
  return measure();
}

/** What was used since the last time it was asked. */
function measure() {
  const used = process.cpuUsage(cpu);
  const ticks = generator?.made ?? upstream?.told ?? 0;
  const figures = {
    cpuMicroseconds: used.user + used.system,
    milliseconds: performance.now() - since,
    ticks: ticks - made,
    rssBytes: process.memoryUsage.rss(),
    // The histogram counts the millisecond that it sleeps.
    stallMs: Math.max(0, loop.max / 1e6 - 1),
  };
  cpu = process.cpuUsage();
  since = performance.now();
  made = ticks;
  loop.reset();
  return figures;
}

process.on("message", (raw: unknown) => {
  obey(message.parse(raw)).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
process.on("disconnect", () => process.exit());
