import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer, type ServerOptions, type WebSocket } from "ws";
import type { Actor } from "../auth/Actor.ts";
import type { Context } from "../context.ts";
import type { Desk } from "../Desk.ts";
import { DeskError } from "../DeskError.ts";
import type { OriginPolicy } from "../http/OriginPolicy.ts";
import type { TrustedProxies } from "../http/TrustedProxies.ts";
import { appRouter, type AppRouter } from "../routers/index.ts";
import { closeSlowReaders } from "./closeSlowReaders.ts";
import { Envelopes } from "./Envelopes.ts";
import { handoffEncoder } from "./handoffEncoder.ts";
import { Handoffs } from "../streams/Handoffs.ts";
import { refuseUpgrade } from "./refuseUpgrade.ts";
import { SocketFrames } from "./SocketFrames.ts";
import { SocketLimit } from "./SocketLimit.ts";
import { socketContext } from "./socketContext.ts";

const PATH = "/trpc";
/** Only completes the relative address of a request. */
const BASE = "http://desk";
const MAX_PER_USER = 10;
const MAX_PER_ADDRESS = 50;
const MAX_SOCKETS = 2_000;
/** The stock client asks for all its streams anew in one message: as many as one socket may have. */
const MAX_BATCH = 200;
/** A socket that has shown no ticket by then is closed: a PONG alone must not keep it. */
const TICKET_MS = 5_000;
/** A peer that does not answer the closing is cut off after this. */
const CLOSE_MS = 1_000;

/** The close code of a socket that showed no ticket, or not in time. */
const CLOSED_WITHOUT_TICKET = 4408;

/** What one socket may cost. `closeTimeout` is of ws 8.19 and not in its types yet. */
const LIMITS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  maxPayload: 65_536,
  maxFragments: 16,
  maxBufferedChunks: 256,
  perMessageDeflate: false,
  closeTimeout: CLOSE_MS,
};

interface Admission {
  readonly actor: Actor;
  readonly address: string;
}

/**
 * The door to the WebSocket: path, exact Origin, cookie session and caps before the upgrade; a one-time ticket as the
 * first message, within 5 s; then tRPC. The session is looked up again with each call.
 */
export class SocketGate implements AsyncDisposable {
  readonly #desk: Desk;
  readonly #origins: OriginPolicy;
  readonly #proxies: TrustedProxies;
  readonly #server = new WebSocketServer(LIMITS);
  readonly #envelopes = new Envelopes();

  constructor(desk: Desk, origins: OriginPolicy, proxies: TrustedProxies) {
    this.#desk = desk;
    this.#origins = origins;
    this.#proxies = proxies;
  }

  /** The listener of the HTTP server's "upgrade" event; it never throws. */
  readonly onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const requestId = this.#desk.ids.uuid();
    // Until `ws` has taken it over, nobody else listens.
    const ignore = (): void => void socket.destroy();
    socket.on("error", ignore);
    this.#admit(request).then(
      (admission) => {
        socket.off("error", ignore);
        // In the turn in which the socket is counted: of many that come at once none slips by.
        if (this.#isFull(admission)) {
          refuseUpgrade(socket, 429, tooMany(), requestId);
          return;
        }
        this.#server.handleUpgrade(request, socket, head, (client) =>
          this.#welcome(client, socket, request, admission),
        );
      },
      (error: unknown) => {
        if (!(error instanceof UpgradeRefusal)) this.#desk.log.error({ requestId, err: error }, "an upgrade failed");
        const refusal =
          error instanceof UpgradeRefusal
            ? error
            : new UpgradeRefusal(500, "INTERNAL", "Something went wrong in the desk itself.");
        refuseUpgrade(socket, refusal.status, refusal.refusal, requestId);
      },
    );
  };

  /** Closes those that do not read; resolves when `signal` aborts. */
  closeSlowReaders(signal: AbortSignal): Promise<void> {
    const { clock, counters } = this.#desk;
    return closeSlowReaders(this.#server.clients, clock, signal, () => void (counters.slowReadersClosed += 1));
  }

  /** Closes every socket ("going away") and waits until they are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#server.clients) client.close(1001, "the desk is stopping");
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #admit(request: IncomingMessage): Promise<Admission> {
    const { sessions, rateLimiter } = this.#desk;
    const address = this.#proxies.addressOf(request);
    const { url = "" } = request;
    const target = URL.canParse(url, BASE) ? new URL(url, BASE) : null;
    if (target?.pathname !== PATH) throw new UpgradeRefusal(404, "NOT_FOUND", "There is no socket at this address.");
    if (target.searchParams.get("connectionParams") !== "1") {
      throw new UpgradeRefusal(
        400,
        "INVALID_INPUT",
        "A socket begins with a ticket in its connectionParams (auth.webSocketTicket).",
      );
    }
    if (!this.#origins.allows(request.headers.origin, request.headers.host)) {
      throw new UpgradeRefusal(403, "FORBIDDEN", "This page may not open a socket here.");
    }
    if (rateLimiter.tryTake("upgrade", address) > 0)
      throw new UpgradeRefusal(429, "TOO_MANY_REQUESTS", "Too many sockets were opened from here; wait a little.");
    const actor = await sessions.authenticate(sessions.readToken(request.headers.cookie));
    if (actor === null)
      throw new UpgradeRefusal(401, "UNAUTHENTICATED", "You are not signed in, or the session has ended.");
    return { actor, address };
  }

  #isFull({ actor, address }: Admission): boolean {
    const { sockets } = this.#desk;
    return (
      sockets.countOfUser(actor.user.id) >= MAX_PER_USER ||
      sockets.countOfAddress(address) >= MAX_PER_ADDRESS ||
      this.#server.clients.size >= MAX_SOCKETS
    );
  }

  #welcome(client: WebSocket, socket: Duplex, request: IncomingMessage, { actor, address }: Admission): void {
    const { sockets, tickets, traffic, clock } = this.#desk;
    const forget = sockets.add({ socket: client, userId: actor.user.id, sessionId: actor.sessionId, address });
    const stopCounting = traffic.add(request.socket);
    const deadline = clock.setTimer(TICKET_MS, () => client.close(CLOSED_WITHOUT_TICKET, "no ticket in time"));
    client.once("close", () => {
      deadline[Symbol.dispose]();
      forget();
      stopCounting();
    });
    const limit = new SocketLimit(client, clock);
    const handoffs = new Handoffs(new SocketFrames(client, socket));
    const serve = getWSConnectionHandler<AppRouter>({
      wss: this.#server,
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      experimental_encoder: handoffEncoder(handoffs, this.#envelopes, (calls) => limit.countCalls(calls)),
      keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 5_000 },
      createContext: ({ info }): Context => {
        const ticket = info.connectionParams?.["ticket"];
        if (ticket === undefined || !tickets.redeem(ticket, actor.sessionId)) {
          client.close(CLOSED_WITHOUT_TICKET, "no valid ticket");
          throw new DeskError("UNAUTHENTICATED", "The socket's ticket is missing, used or too old; ask for a new one.");
        }
        deadline[Symbol.dispose]();
        return socketContext(this.#desk, request, client, address, handoffs);
      },
    });
    serve(client, request);
  }
}

const tooMany = (): DeskError =>
  new DeskError(
    "TOO_MANY_REQUESTS",
    `There are too many open sockets: at most ${MAX_PER_USER} a person, and ${MAX_PER_ADDRESS} from one address.`,
  );

class UpgradeRefusal extends Error {
  readonly status: number;
  readonly refusal: DeskError;

  constructor(status: number, ...[code, message]: ConstructorParameters<typeof DeskError>) {
    super(message);
    this.status = status;
    this.refusal = new DeskError(code, message);
  }
}
