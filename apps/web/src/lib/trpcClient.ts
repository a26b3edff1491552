import type { Random } from "@trenddojo/brokers/domain";
import type { AppRouter } from "@trenddojo/server/router";
import { createTRPCClient, createWSClient, httpBatchLink, httpLink, splitLink, wsLink } from "@trpc/client";
import type { TRPCClient, TRPCWebSocketClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { isUnauthenticated } from "./deskError.ts";
import { hearingSocket } from "./hearingSocket.ts";
import { stepUpLink } from "./stepUpLink.ts";
import { retryDelayMs } from "./retryDelayMs.ts";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
export type DeskClient = TRPCClient<AppRouter>;

/** The desk's API on the page's own origin: reads and commands over HTTP, streams over one WebSocket. */
export interface DeskConnection {
  readonly client: DeskClient;
  readonly socket: TRPCWebSocketClient;
}

interface DeskConnectionOptions {
  readonly random: Random;
  /** Such as "http://127.0.0.1:3000". */
  readonly origin: string;
  readonly onSessionEnded: () => void;
  /** Asks the person to confirm that it is them; resolves to whether they did. */
  readonly askProof: () => Promise<boolean>;
  /** Anything came in on the socket. */
  readonly onMessage: () => void;
}

/**
 * The socket opens with the first subscription, proves itself with a one-time ticket on each (re)connect, and comes
 * back by itself for ever, soon at first and then ever later (`retryDelayMs`), so that a desk that restarts is found
 * again quickly, and not by all its pages at one moment.
 */
export function createDeskConnection({
  random,
  origin,
  onSessionEnded,
  askProof,
  onMessage,
}: DeskConnectionOptions): DeskConnection {
  const url = `${origin}/trpc`;
  const commands = httpLink<AppRouter>({ url });
  const tickets = createTRPCClient<AppRouter>({ links: [commands] });
  const socket = createWSClient({
    url: url.replace(/^http/, "ws"),
    WebSocket: hearingSocket(onMessage),
    lazy: { enabled: true, closeMs: 1_000 },
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 3_000 },
    retryDelayMs: (attempt) => retryDelayMs(attempt, random),
    connectionParams: async () => {
      try {
        const { ticket } = await tickets.auth.webSocketTicket.mutate();
        return { ticket };
      } catch (error) {
        if (isUnauthenticated(error)) onSessionEnded();
        throw error;
      }
    },
  });
  const client = createTRPCClient<AppRouter>({
    links: [
      stepUpLink(askProof),
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink<AppRouter>({ client: socket }),
        // A command goes alone: its answer must not wait for a slow read in the same batch.
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          true: commands,
          false: httpBatchLink<AppRouter>({ url, maxURLLength: 2_000 }),
        }),
      }),
    ],
  });
  return { client, socket };
}
