import { createServer, type IncomingMessage } from "node:http";
import { connectionId, type Clock } from "@trenddojo/brokers/domain";
import { initTRPC } from "@trpc/server";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { createTRPCClient, createWSClient, wsLink, type TRPCClient } from "@trpc/client";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { createLogger } from "../createLogger.ts";
import { handOff } from "../streams/handOff.ts";
import { Handoffs } from "../streams/Handoffs.ts";
import { QuoteHub } from "../streams/QuoteHub.ts";
import type { QuoteSource } from "../streams/QuoteSource.ts";
import type { QuoteBatch, TickBatch } from "../wire/marketData.ts";
import { Envelopes } from "../ws/Envelopes.ts";
import { handoffEncoder } from "../ws/handoffEncoder.ts";
import { SocketFrames } from "../ws/SocketFrames.ts";
import { untyped } from "./untyped.ts";

const CONNECTION = connectionId("c1");

interface StreamContext {
  readonly handoffs: Handoffs | null;
  readonly backlogBytes: () => number;
}

const t = initTRPC.context<StreamContext>().create();

function streamRouter(hub: QuoteHub, source: QuoteSource) {
  const symbols = z.array(z.string());
  return t.router({
    quotes: t.procedure
      .input(z.object({ symbols, intervalMs: z.number() }))
      .subscription(({ ctx, input, signal = new AbortController().signal }): AsyncGenerator<QuoteBatch> =>
        handOff(
          (sink) => hub.subscribe({ connectionId: CONNECTION, ...input }, source, sink),
          { sequence: 0, at: 0, quotes: [] },
          ctx,
          signal,
        ),
      ),
    ticks: t.procedure
      .input(z.object({ symbols }))
      .subscription(({ ctx, input, signal = new AbortController().signal }): AsyncGenerator<TickBatch> =>
        handOff(
          (sink) => hub.subscribeTicks({ connectionId: CONNECTION, ...input }, source, sink),
          { sequence: 0, at: 0, missed: 0, ticks: [] },
          ctx,
          signal,
        ),
      ),
    echo: t.procedure.input(z.string()).query(({ input }) => input),
    add: t.procedure.input(z.array(z.number())).mutation(({ input }) => input.reduce((sum, each) => sum + each, 0)),
  });
}
export type StreamRouter = ReturnType<typeof streamRouter>;

export interface StreamServer extends AsyncDisposable {
  readonly hub: QuoteHub;
  readonly port: number;
  /** The server's ends of the sockets that are open. */
  readonly sockets: ReadonlySet<WebSocket>;
}

/** The hub behind tRPC's own adapter on a free port, without a desk: for what the streams promise on a real socket. */
export async function createStreamServer(
  clock: Clock,
  source: QuoteSource,
  options: { readonly port?: number; readonly withEncoder?: boolean } = {},
): Promise<StreamServer> {
  const hub = new QuoteHub(clock, createLogger("silent"));
  const router = streamRouter(hub, source);
  const http = createServer();
  const envelopes = new Envelopes();
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on("upgrade", (request: IncomingMessage, socket, head) => {
    wss.handleUpgrade(request, socket, head, (client) => {
      const handoffs = new Handoffs(new SocketFrames(client, socket));
      getWSConnectionHandler<StreamRouter>({
        wss,
        router,
        createContext: () => ({ handoffs, backlogBytes: () => client.bufferedAmount }),
        ...(options.withEncoder === false ? {} : { experimental_encoder: handoffEncoder(handoffs, envelopes) }),
      })(client, request);
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, "127.0.0.1", resolve));
  const address = http.address();
  return {
    hub,
    port: typeof address === "object" && address !== null ? address.port : 0,
    sockets: wss.clients,
    [Symbol.asyncDispose]: async () => {
      for (const client of wss.clients) client.terminate();
      await new Promise<void>((resolve) => http.close(() => resolve()));
      await hub[Symbol.asyncDispose]();
    },
  };
}

export interface StreamClient extends AsyncDisposable {
  readonly api: TRPCClient<StreamRouter>;
}

/** tRPC's own client, unchanged; it comes back at once when its socket is cut. */
export function createStreamClient(port: number): StreamClient {
  const socket = createWSClient({
    url: `ws://127.0.0.1:${port}`,
    WebSocket: untyped(WebSocket),
    retryDelayMs: () => 10,
  });
  return {
    api: createTRPCClient<StreamRouter>({ links: [wsLink({ client: socket })] }),
    [Symbol.asyncDispose]: () => socket.close(),
  };
}
