// One variant in a process of its own: parent's messages in, its figures out.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { z } from "zod";
import { TickGenerator } from "./TickGenerator.ts";
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
  z.object({ do: z.literal("tick") }),
  z.object({ do: z.literal("measure") }),
  z.object({ do: z.literal("cut") }),
]);

const loop = monitorEventLoopDelay({ resolution: 1 });
let generator: TickGenerator | null = null;
let running: Awaited<ReturnType<(typeof VARIANTS)["ours"]>> | null = null;
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
  if (order.do === "tick") generator?.start((data) => running?.take(data));
  if (order.do === "cut") running?.cut();
  return measure();
}

/** What was used since the last time it was asked. */
function measure() {
  const used = process.cpuUsage(cpu);
  const ticks = generator?.made ?? 0;
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
