import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import { initTRPC } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { quoteTuple } from "../../../src/streams/quoteTuple.ts";
import type { QuoteTuple } from "../../../src/wire/marketData.ts";
import type { StartVariant } from "../Variant.ts";
import { listenOn } from "./listenOn.ts";

/** Conflated by hand under stock tRPC: the tuples are made once an interval, and each subscription yields its own batch. */
export const startStockConflated: StartVariant = async ({ intervalMs }) => {
  const flushes = new EventEmitter().setMaxListeners(0);
  const latest = new Map<string, Parameters<typeof quoteTuple>[0]>();
  let changed = new Map<string, QuoteTuple>();
  let sequence = 0;
  setInterval(() => {
    if (latest.size === 0) return;
    sequence += 1;
    changed = new Map([...latest].map(([symbol, data]) => [symbol, quoteTuple(data, data.feed)]));
    latest.clear();
    flushes.emit("flush");
  }, intervalMs);
  const t = initTRPC.create();
  const router = t.router({
    quotes: t.procedure.input(z.object({ symbols: z.array(z.string()) })).subscription(async function* ({
      input,
      signal,
    }) {
      yield { sequence: 0, at: Date.now(), quotes: [] };
      for await (const _flush of on(flushes, "flush", signal === undefined ? {} : { signal })) {
        const quotes: QuoteTuple[] = [];
        for (const symbol of input.symbols) {
          const tuple = changed.get(symbol);
          if (tuple !== undefined) quotes.push(tuple);
        }
        yield { sequence, at: Date.now(), quotes };
      }
    }),
  });
  const http = createServer();
  const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
  applyWSSHandler({ wss, router });
  return {
    port: await listenOn(http),
    take: (data) => void latest.set(data.symbol, data),
    cut: () => {
      for (const client of wss.clients) client.terminate();
    },
  };
};
