import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTestStore } from "@trenddojo/db/testing";
import { createTestDesk } from "./createTestDesk.ts";
import { liveRegistry } from "./liveRegistry.ts";

/**
 * A whole desk, with the built web app, whose Alpaca takes orders of "real money" that the mock in this process fills: for
 * tests in a browser. Nothing of it can reach a broker. Tells its address on stdout and ends with SIGTERM.
 */
const WEB_ROOT = fileURLToPath(new URL("../../../web/dist", import.meta.url));
if (!existsSync(WEB_ROOT)) throw new Error("the web app is not built: run pnpm --filter @trenddojo/web run build");

await using store = await createTestStore();
await using desk = await createTestDesk({
  // As far as the desk is told, its commits survive a loss of power: real money wants that.
  store: { ...store, kind: "server", survivesPowerLoss: true },
  allowLive: true,
  webRoot: WEB_ROOT,
  wrapRegistry: liveRegistry([]),
});
process.stdout.write(`${desk.url}\n`);
await once(process, "SIGTERM");
