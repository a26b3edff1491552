import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  wsLink,
  type getFetch,
  type TRPCClient,
} from "@trpc/client";
import { WebSocket, type ClientOptions } from "ws";
import type { AppRouter } from "../routers/index.ts";
import { untyped } from "./untyped.ts";

/** A browser as far as the desk can tell: stock tRPC over HTTP and one socket, with a cookie jar and an Origin. */
export interface TestClient extends AsyncDisposable {
  readonly api: TRPCClient<AppRouter>;
  /** The same, with every call over the socket. */
  readonly overSocket: TRPCClient<AppRouter>;
  /** "name=value", as the browser would send it; empty when signed out. */
  cookie(): string;
  /** Uses the cookie of another client. */
  setCookie(cookie: string): void;
  /** Every Set-Cookie header so far. */
  readonly setCookies: readonly string[];
  /** The close code of the next socket that closes. */
  closed(): Promise<number>;
  /** Cuts the socket as a dead network would. */
  cutSocket(): void;
}

export interface TestClientOptions {
  /** How long it waits before it comes back after a cut. */
  readonly retryDelayMs?: () => number;
  /** Where its socket comes from, such as "127.0.0.2": the desk counts by addresses. */
  readonly localAddress?: string;
}

export function createTestClient(
  url: string,
  origin = url,
  { retryDelayMs = () => 20, ...from }: TestClientOptions = {},
): TestClient {
  let cookie = "";
  const setCookies: string[] = [];
  const sockets = new Set<WebSocket>();
  const closings: ((code: number) => void)[] = [];
  const send: ReturnType<typeof getFetch> = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("origin", origin);
    if (cookie !== "") headers.set("cookie", cookie);
    const { method = "GET", body = null, signal = null } = init ?? {};
    const response = await fetch(input, { method, signal, headers, body: typeof body === "string" ? body : null });
    for (const header of response.headers.getSetCookie()) {
      setCookies.push(header);
      cookie = /max-age=0/i.test(header) ? "" : (header.split(";")[0] ?? "");
    }
    return response;
  };
  const http = httpLink<AppRouter>({ url: `${url}/trpc`, fetch: send });
  const tickets = createTRPCClient<AppRouter>({ links: [http] });
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[], options?: ClientOptions) {
      super(address, protocols, { ...options, ...from, headers: { origin, cookie } });
      sockets.add(this);
      this.once("close", (code) => {
        sockets.delete(this);
        for (const resolve of closings.splice(0)) resolve(code);
      });
      // A refused upgrade is told to the client by its close event.
      this.on("error", () => undefined);
    }
  }
  const socket = createWSClient({
    url: `${url.replace(/^http/, "ws")}/trpc`,
    WebSocket: untyped(BrowserSocket),
    lazy: { enabled: true, closeMs: 0 },
    retryDelayMs,
    connectionParams: async () => ({ ticket: (await tickets.auth.webSocketTicket.mutate()).ticket }),
  });
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({ condition: ({ type }) => type === "subscription", true: wsLink({ client: socket }), false: http }),
    ],
  });
  return {
    api,
    overSocket: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }),
    cookie: () => cookie,
    setCookie: (value) => void (cookie = value),
    setCookies,
    closed: () => new Promise((resolve) => closings.push(resolve)),
    cutSocket: () => {
      for (const open of sockets) open.terminate();
    },
    [Symbol.asyncDispose]: async () => {
      await socket.close();
      for (const open of sockets) open.terminate();
    },
  };
}
