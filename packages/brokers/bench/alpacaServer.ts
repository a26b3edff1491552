// A process of its own, so that the CPU of the one that measures is the client's alone. It is told what to say by its parent.
import { encode } from "@msgpack/msgpack";
import type { WebSocket } from "ws";
import REST from "../src/alpaca/fixtures/rest.json" with { type: "json" };
import { MsgpackReader } from "../src/alpaca/stream/MsgpackReader.ts";
import { ScriptedAlpaca } from "../src/testing/alpaca/ScriptedAlpaca.ts";
import { STAGE_ACCOUNT } from "../src/testing/alpaca/SessionStage.ts";
import { uuid, wireFill, wireOrderOf, wireUpdate } from "../src/testing/alpaca/wireBuilders.ts";
import { quoteFrames } from "./alpacaFrames.ts";
import type { Speech } from "./AlpacaPeer.ts";

/** A budget that no measurement spends, in a window that stays the same. */
const UNBOUNDED = {
  "x-ratelimit-limit": "1000000000",
  "x-ratelimit-remaining": "1000000000",
  "x-ratelimit-reset": String(Math.ceil(Date.now() / 1_000) + 110),
};

const alpaca = await ScriptedAlpaca.start();
const now = (): string => new Date().toISOString();
const hence = (ms: number): string => new Date(Date.now() + ms).toISOString();
const asset = { ...REST.find(({ kind }) => kind === "asset")?.body, id: uuid(), attributes: [] };
const known = wireOrderOf({ id: "61e69015-8549-4bfd-b9c3-0123456789ab" });
alpaca
  .on("GET /v2/account", { json: STAGE_ACCOUNT, headers: UNBOUNDED })
  .on("GET /v2/clock", () => ({
    json: { timestamp: now(), is_open: true, next_open: hence(86_400_000), next_close: hence(3_600_000) },
    headers: UNBOUNDED,
  }))
  .on("GET /v2/orders", { json: [], headers: UNBOUNDED })
  .on(`GET /v2/orders/${known.id}`, { json: known, headers: UNBOUNDED })
  .on("GET /v2/positions", { json: [], headers: UNBOUNDED })
  .on("GET /v2/account/activities/FILL", { json: [], headers: UNBOUNDED })
  .on("GET /v2/assets/AAPL", { json: asset, headers: UNBOUNDED })
  .on("GET /v2/stocks/snapshots", () => ({
    json: {
      AAPL: {
        latestQuote: { t: now(), bp: 100, bs: 1_000, ap: 100.02, as: 1_000 },
        latestTrade: { t: now(), p: 100, s: 5 },
      },
    },
    headers: UNBOUNDED,
  }))
  // Canceled at once, so that no order is open and none is looked for.
  .on("POST /v2/orders", ({ body }) => {
    alpaca.requests.length = 0;
    return {
      json: wireOrderOf({ ...JSON.parse(body), status: "canceled", canceled_at: now(), updated_at: now() }),
      headers: UNBOUNDED,
    };
  });

const msgpack = new MsgpackReader();
const prices = new Set<WebSocket>();
alpaca.dialogue.prices = (message, socket) => {
  const isBinary = Buffer.isBuffer(message);
  answerPrices(isBinary ? msgpack.read(message) : message, socket, isBinary);
};

function answerPrices(message: unknown, socket: WebSocket, isBinary: boolean): void {
  if (typeof message !== "object" || message === null || !("action" in message)) return;
  const { action, ...channels } = message;
  if (action === "auth") {
    prices.add(socket);
    socket.on("close", () => prices.delete(socket));
  }
  const answer = action === "auth" ? [{ T: "success", msg: "authenticated" }] : [{ T: "subscription", ...channels }];
  socket.send(isBinary ? encode(answer) : JSON.stringify(answer));
}

/** All of it is made first, then said at once: whoever measures waits, and does nothing meanwhile. */
process.on("message", ({ kind, amount }: Speech) => {
  if (kind === "orders") for (const update of Array.from({ length: amount }, updates).flat()) alpaca.say(kind, update);
  else
    for (const frame of quoteFrames(kind, amount))
      for (const each of prices) each.send(frame, { binary: kind === "msgpack" });
});
process.on("disconnect", () => process.exit());

/** A new order, half of it filled, then the other half. */
function updates(): readonly Buffer[] {
  const order = wireOrderOf();
  return [wireUpdate("new", order), wireFill(order, "5", "89.5", "5"), wireFill(order, "5", "89.5", "10")].map(
    (update) => Buffer.from(JSON.stringify(update)),
  );
}

process.send?.({ venue: alpaca.venue, orderId: known.id });
