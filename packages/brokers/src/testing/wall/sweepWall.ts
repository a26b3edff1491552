import { createServer, type Server } from "node:http";
import { AlpacaClient } from "../../alpaca/AlpacaClient.ts";
import { endpointsOf } from "../../alpaca/AlpacaEndpoints.ts";
import { HttpTransport } from "../../alpaca/rest/HttpTransport.ts";
import { BrokerError } from "../../BrokerError.ts";
import { connectionId } from "../../domain/ids.ts";
import { chooseAccount } from "../../interactive-brokers/session/chooseAccount.ts";
import { createBrokerRegistry } from "../../registry.ts";
import { FakeClock } from "../FakeClock.ts";
import { ManualFeed } from "../ManualFeed.ts";
import { seededRandom } from "../seededRandom.ts";
import { SystemClock } from "../../SystemClock.ts";
import { LiveTrap } from "./LiveTrap.ts";
import { wallCase, type WallCase } from "./wallCases.ts";

export interface WallCount {
  readonly cases: number;
  /** Refused before anything was dialled. */
  readonly refused: number;
  /** Requests that came to the paper server. */
  readonly requests: number;
  /** What was dialled that is not this machine: "host:port". Nothing may be. */
  readonly dialled: readonly string[];
  /** Bytes that came for real money. */
  readonly liveBytes: number;
  /** The same of one client that may trade real money: without them the trap would prove nothing. */
  readonly control: { readonly dialled: readonly string[]; readonly isCaught: boolean };
}

/**
 * Tries to reach real money with hostile combinations of configuration, keys, hosts, redirects and orders; ends at the
 * first that dials anything but this machine. Nothing leaves the machine either way.
 */
export async function sweepWall({
  cases,
  seed,
}: {
  readonly cases: number;
  readonly seed: number;
}): Promise<WallCount> {
  await using trap = await LiveTrap.set();
  await using paper = await PaperServer.start();
  const random = seededRandom(seed);
  let refused = 0;
  let done = 0;
  while (done < cases && trap.dialled.length === 0 && trap.bytes === 0) {
    const tried = wallCase(random, paper.address);
    paper.answer = tried.redirect;
    if (!(await attempt(tried))) refused += 1;
    assertAccountsApart(random.integer(1 << 30));
    done += 1;
  }
  const count = { cases: done, refused, requests: paper.requests, dialled: [...trap.dialled], liveBytes: trap.bytes };
  return { ...count, control: await control(trap) };
}

const PATIENCE_MS = 250;

/** False where it was refused before a client, or its endpoints, came to be. */
async function attempt(tried: WallCase): Promise<boolean> {
  const { entry, mode, venue, keys, liveAcknowledged, order } = tried;
  // A server that says "later" is waited for as long as the caller likes.
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    if (entry === "client") {
      const client: unknown = Reflect.construct(AlpacaClient, [{ mode, venue, keys, liveAcknowledged }]);
      if (!(client instanceof AlpacaClient)) throw new TypeError("no client");
      if (client.mode === "mock") return false;
      try {
        await client.connect({ signal });
      } finally {
        await client.disconnect();
      }
    } else if (entry === "registry") {
      const registry: unknown = Reflect.apply(createBrokerRegistry, null, [
        { alpacaVenue: venue, liveAcknowledged, paper: { feed: new ManualFeed({ clock: new FakeClock() }) } },
      ]);
      const request = { connectionId: connectionId("c1"), broker: "alpaca", mode, credentials: keys };
      await Promise.resolve(Reflect.apply(methodOf(registry, "prove"), registry, [request, { signal }]));
    } else {
      const endpoints: ReturnType<typeof endpointsOf> = Reflect.apply(endpointsOf, null, [mode, venue]);
      using transport = new HttpTransport({ endpoints, keys, clock: new SystemClock() });
      await transport.send(
        { host: "trading", ...order, body: { symbol: "AAPL", qty: "1" }, urgency: "order" },
        { signal },
      );
    }
    return true;
  } catch (error) {
    if (error instanceof BrokerError) return error.code !== "NOT_SUPPORTED";
    // An unfit configuration may fail in any way but by getting through: the trap tells.
    return false;
  }
}

function methodOf(owner: unknown, name: string): (...args: readonly unknown[]) => unknown {
  const method: unknown = typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
  if (typeof method !== "function") throw new TypeError(`no ${name}`);
  return (...args) => Reflect.apply(method, owner, args);
}

/** A gateway that is logged in to any account of the other kind is none. @throws Error */
function assertAccountsApart(bits: number): void {
  const accounts = ["DU1", "U1", "DF2", "F2", "D", "U", "du3", " DU4"].filter((_, index) => (bits >> index) % 2 === 1);
  const mode = (bits >> 9) % 2 === 1 ? "paper" : "live";
  const chosen = chooseAccount(mode, accounts, (bits >> 10) % 2 === 1 ? accounts[0] : undefined);
  if ("accountId" in chosen && accounts.some((account) => account.startsWith("D") !== (mode === "paper")))
    throw new Error(`${mode}: ${chosen.accountId} was chosen of ${accounts.join(", ")}`);
}

async function control(trap: LiveTrap): Promise<WallCount["control"]> {
  const before = trap.dialled.length;
  const keys = { keyId: "AKLIVE0000000000", secretKey: "secret" };
  const client = new AlpacaClient({ mode: "live", liveAcknowledged: true, keys });
  await client.connect({ signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await client.disconnect();
  return { dialled: [...new Set(trap.dialled.slice(before))], isCaught: trap.bytes > 0 };
}

/** Alpaca's paper environment on loopback, which sends everybody on to somewhere else. */
class PaperServer implements AsyncDisposable {
  answer: WallCase["redirect"] = { status: 200, location: "" };
  requests = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, response) => {
      this.requests += 1;
      request.resume();
      response.writeHead(this.answer.status, { location: this.answer.location, "content-type": "application/json" });
      response.end(this.answer.status === 204 || this.answer.status === 304 ? undefined : "{}");
    });
    server.on("upgrade", (_request, socket) => {
      socket.end(
        `HTTP/1.1 ${this.answer.status} Elsewhere\r\nlocation: ${this.answer.location}\r\nconnection: close\r\n\r\n`,
      );
    });
  }

  static async start(): Promise<PaperServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PaperServer(server);
  }

  get address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server does not listen");
    return `127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
