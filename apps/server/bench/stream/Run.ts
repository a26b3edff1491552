import { z } from "zod";
import { PinnedProcess } from "./PinnedProcess.ts";
import type { SimulatedVenue } from "./feed/simulatedVenue.ts";
import type { StreamKind } from "./Variant.ts";
import type { VariantName } from "./variants/VARIANTS.ts";

export interface Load {
  readonly kind: StreamKind;
  readonly intervalMs: number;
  readonly clients: number;
  /** How many symbols there are. */
  readonly symbols: number;
  /** How many of them each client watches: all take the same, or each its own. */
  readonly watched: number;
  readonly sameForAll: boolean;
  readonly ticksPerSecond: number;
}

const port = z.object({ port: z.number() });
const serverFigures = z.object({
  cpuMicroseconds: z.number(),
  milliseconds: z.number(),
  ticks: z.number(),
  rssBytes: z.number(),
  stallMs: z.number(),
});
const clientFigures = z.object({
  cpuMicroseconds: z.number(),
  messages: z.number(),
  bytes: z.number(),
  itemsPerMessage: z.number(),
  samples: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
const settled = z.object({
  ready: z.number(),
  lastReadyMs: z.number(),
  whole: z.number(),
  lastWholeMs: z.number(),
});

/** What one run of one variant came to. A delivery is a quote or a tick that a client got. */
export interface Figures {
  readonly deliveriesPerSecond: number;
  readonly deliveriesPerCpuSecond: number;
  readonly messagesPerSecond: number;
  readonly cpuMicrosecondsPerMessage: number;
  readonly cpuMicrosecondsPerDelivery: number;
  readonly serverCore: number;
  readonly clientCore: number;
  readonly ticksPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytesPerDelivery: number;
  readonly rssMegabytes: number;
  /** What the server's process grew by since it listened, of each client, kibibytes. */
  readonly kibibytesPerClient: number;
  readonly stallMs: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Server and readers, each in its process; the readers are connected and the server ticks. */
export class Run implements AsyncDisposable {
  readonly #server = new PinnedProcess("serverMain.ts", 0);
  readonly #clients = new PinnedProcess("clientsMain.ts", 1);
  readonly #load: Load;
  #rssBefore = 0;

  constructor(load: Load) {
    this.#load = load;
  }

  /** @param comeBackWithinMs see `clientsMain`. */
  async open(variant: VariantName, comeBackWithinMs: number | null = null): Promise<void> {
    const { kind, intervalMs, ticksPerSecond } = this.#load;
    const symbols = symbolsOf(this.#load);
    const start = { do: "start", variant, kind, intervalMs, symbols, ticksPerSecond };
    await this.#openClients(await this.#server.ask(start), { variant, comeBackWithinMs, ageFrom: "receipt" });
  }

  /** Ours, with prices from Alpaca's client; their ages are counted from when the market said them. */
  async openFrom(venue: SimulatedVenue): Promise<void> {
    const started = await this.#server.ask({ do: "start from Alpaca", venue });
    await this.#openClients(started, { variant: "ours", comeBackWithinMs: null, ageFrom: "market" });
  }

  async #openClients(started: unknown, plan: Readonly<Record<string, unknown>>): Promise<void> {
    const { kind, intervalMs } = this.#load;
    const { rssBytes } = serverFigures.parse(await this.#server.ask({ do: "measure" }));
    this.#rssBefore = rssBytes;
    await this.#clients.ask({
      do: "open",
      ...plan,
      port: port.parse(started).port,
      kind,
      intervalMs,
      lists: listsOf(this.#load, symbolsOf(this.#load)),
      sampleEvery: kind === "quotes" ? 16 : 64,
    });
  }

  async tick(): Promise<void> {
    await this.#server.ask({ do: "tick" });
  }

  async cut(): Promise<void> {
    await this.#server.ask({ do: "cut" });
  }

  async stall(count: number): Promise<void> {
    await this.#clients.ask({ do: "stall", count });
  }

  /** Resolves once every reader has its first message. @returns after how many milliseconds since they began, or null: too late. */
  async untilReady(limitMs: number): Promise<number | null> {
    return this.#until(limitMs, 1, ({ ready, lastReadyMs }) => (ready === this.#load.clients ? lastReadyMs : null));
  }

  /** Resolves once every reader has connected so often, and has a value of each of its symbols since. @returns as above */
  async untilWhole(limitMs: number, connects: number): Promise<number | null> {
    return this.#until(limitMs, connects, ({ whole, lastWholeMs }) =>
      whole === this.#load.clients ? lastWholeMs : null,
    );
  }

  async #until(
    limitMs: number,
    connects: number,
    read: (state: z.infer<typeof settled>) => number | null,
  ): Promise<number | null> {
    for (let waited = 0; waited <= limitMs; waited += 20) {
      const done = read(settled.parse(await this.#clients.ask({ do: "settled", connects })));
      if (done !== null) return done;
      await pause(20);
    }
    return null;
  }

  /** What happens in `milliseconds` from now. */
  async measure(milliseconds: number): Promise<Figures> {
    await Promise.all([this.#server.ask({ do: "measure" }), this.#clients.ask({ do: "measure" })]);
    await pause(milliseconds);
    const [serverRaw, clientRaw] = await Promise.all([
      this.#server.ask({ do: "measure" }),
      this.#clients.ask({ do: "measure" }),
    ]);
    const server = serverFigures.parse(serverRaw);
    const clients = clientFigures.parse(clientRaw);
    const seconds = server.milliseconds / 1_000;
    const deliveries = clients.messages * clients.itemsPerMessage;
    return {
      deliveriesPerSecond: deliveries / seconds,
      deliveriesPerCpuSecond: deliveries / (server.cpuMicroseconds / 1e6),
      messagesPerSecond: clients.messages / seconds,
      cpuMicrosecondsPerMessage: server.cpuMicroseconds / clients.messages,
      cpuMicrosecondsPerDelivery: server.cpuMicroseconds / deliveries,
      serverCore: server.cpuMicroseconds / 1e6 / seconds,
      clientCore: clients.cpuMicroseconds / 1e6 / seconds,
      ticksPerSecond: server.ticks / seconds,
      p50Ms: clients.p50Ms,
      p99Ms: clients.p99Ms,
      bytesPerDelivery: clients.bytes / deliveries,
      rssMegabytes: server.rssBytes / 2 ** 20,
      kibibytesPerClient: (server.rssBytes - this.#rssBefore) / 1_024 / this.#load.clients,
      stallMs: server.stallMs,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clients[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }
}

const symbolsOf = ({ symbols }: Load): readonly string[] =>
  Array.from({ length: symbols }, (_, index) => `S${String(index).padStart(3, "0")}`);

/** The same choice in every run and for every variant. */
function listsOf({ clients, watched, sameForAll }: Load, symbols: readonly string[]): readonly (readonly string[])[] {
  let random = 4_711;
  const choose = (): readonly string[] => {
    const chosen = new Set<string>();
    while (chosen.size < watched) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      chosen.add(symbols[(random >>> 8) % symbols.length] ?? "");
    }
    return [...chosen].toSorted();
  };
  const same = symbols.slice(0, watched);
  return Array.from({ length: clients }, () => (sameForAll ? same : choose()));
}
