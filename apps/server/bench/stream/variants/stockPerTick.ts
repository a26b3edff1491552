import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import { initTRPC } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import type { MarketData } from "@trenddojo/brokers/domain";
import { quoteTuple } from "../../../src/streams/quoteTuple.ts";
import { tickOf } from "../bodies.ts";
import type { StartVariant } from "../Variant.ts";
import { listenOn } from "./listenOn.ts";

/** As tRPC's documentation shows it: a subscription for a list, an event emitter, one item a tick. */
export const startStockPerTick: StartVariant = async ({ kind }) => {
  const ticks = new EventEmitter().setMaxListeners(0);
  const t = initTRPC.create();
  let sequence = 0;
  const router = t.router({
    [kind]: t.procedure.input(z.object({ symbols: z.array(z.string()) })).subscription(async function* ({
      input,
      signal,
    }) {
      const wanted = new Set(input.symbols);
      const changes = new EventEmitter();
      const hear = (data: MarketData): void => void changes.emit("tick", data);
      for (const symbol of wanted) ticks.on(symbol, hear);
      try {
        for await (const [data] of on(changes, "tick", signal === undefined ? {} : { signal })) {
          const tick: MarketData = data;
          sequence += 1;
          yield kind === "quotes"
            ? { sequence, at: Date.now(), quotes: [quoteTuple(tick, tick.feed)] }
            : { sequence, at: Date.now(), missed: 0, ticks: [tickOf(tick)] };
        }
      } finally {
        for (const symbol of wanted) ticks.off(symbol, hear);
      }
    }),
  });
  const http = createServer();
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  applyWSSHandler({ wss, router });
  return {
    port: await listenOn(http),
    take: (data) => void ticks.emit(data.symbol, data),
    cut: () => {
      for (const client of wss.clients) client.terminate();
    },
  };
};
