import { createServer } from "node:http";
import { Server } from "socket.io";
import { z } from "zod";
import { quoteTuple } from "../../../src/streams/quoteTuple.ts";
import type { QuoteTuple } from "../../../src/wire/marketData.ts";
import { tickOf } from "../bodies.ts";
import type { StartVariant } from "../Variant.ts";
import { listenOn } from "./listenOn.ts";

const symbolsOf = z.array(z.string());

/** Rooms: one for each list of symbols, which gets a batch each interval; for ticks one for each symbol. */
export const startSocketIo: StartVariant = async ({ kind, intervalMs }) => {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 120_000 });
  const lists = new Map<string, readonly string[]>();
  const latest = new Map<string, Parameters<typeof quoteTuple>[0]>();
  let sequence = 0;
  io.on("connection", (socket) => {
    socket.on("watch", (wanted: unknown) => {
      const symbols = symbolsOf.parse(wanted);
      const name = symbols.join(",");
      lists.set(name, symbols);
      void socket.join(kind === "ticks" ? symbols : name);
    });
  });
  if (kind === "quotes") {
    setInterval(() => {
      if (latest.size === 0) return;
      sequence += 1;
      const at = Date.now();
      const tuples = new Map<string, QuoteTuple>();
      for (const [symbol, data] of latest) tuples.set(symbol, quoteTuple(data, data.feed));
      latest.clear();
      for (const [name, symbols] of lists) {
        io.to(name).emit("quotes", { sequence, at, quotes: symbols.flatMap((symbol) => found(tuples.get(symbol))) });
      }
    }, intervalMs);
  }
  return {
    port: await listenOn(http),
    cut: () => {
      io.disconnectSockets(true);
    },
    take: (data) => {
      if (kind === "quotes") latest.set(data.symbol, data);
      else {
        sequence += 1;
        io.to(data.symbol).emit("ticks", { sequence, at: Date.now(), missed: 0, ticks: [tickOf(data)] });
      }
    },
  };
};

const found = (tuple: QuoteTuple | undefined): QuoteTuple[] => (tuple === undefined ? [] : [tuple]);
