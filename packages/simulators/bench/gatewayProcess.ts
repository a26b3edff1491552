// A process of its own, so that the CPU of the one that measures is the client's alone. Its parent tells it what to do.
import { SystemClock } from "@trenddojo/brokers";
import { instrument, ManualFeed } from "@trenddojo/brokers/testing";
import { startTwsSimulator } from "../src/tws/startTwsSimulator.ts";
import { SYMBOLS, type GatewayTask } from "./GatewayPeer.ts";

/** A line tells its price four times a second, each time a quarter of them after the other. */
const TICK_MS = 250;
const SLICES = 10;

const clock = new SystemClock();
const feed = new ManualFeed({ clock, instruments: SYMBOLS.map((symbol) => instrument(symbol, symbol)) });
for (const symbol of SYMBOLS) feed.quote(symbol, 100, 100.02);
const simulator = await startTwsSimulator({ clock, feed, accounts: [{ id: "DU1234567" }] });
let ticking: NodeJS.Timeout | undefined;
let slice = 0;

process.on("message", (task: GatewayTask) => {
  clearInterval(ticking);
  if (task === "cut") simulator.cut();
  if (task === "tick") ticking = setInterval(tick, TICK_MS / SLICES);
});
process.on("disconnect", () => process.exit());
process.send?.({ port: simulator.port });

/** Both prices and both sizes are new each time. */
function tick(): void {
  const cents = 2 * (Math.floor(slice / SLICES) % 50);
  const shares = 100 * (1 + (Math.floor(slice / SLICES) % 90));
  for (const [index, symbol] of SYMBOLS.entries()) {
    if (index % SLICES === slice % SLICES) feed.quote(symbol, 100 + cents / 100, 100.02 + cents / 100, shares);
  }
  slice += 1;
}
