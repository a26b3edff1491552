import { z } from "zod";
import { PinnedProcess } from "./PinnedProcess.ts";
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
const settled = z.object({ ready: z.number(), lastReadyMs: z.number(), at: z.number() });

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
  readonly stallMs: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Server and readers, each in its process; the readers are connected and the server ticks. */
export class Run implements AsyncDisposable {
  readonly #server = new PinnedProcess("serverMain.ts", 0);
  readonly #clients = new PinnedProcess("clientsMain.ts", 1);
  readonly #load: Load;

  constructor(load: Load) {
    this.#load = load;
  }

  /** @param comeBackWithinMs see `clientsMain`. */
  async open(variant: VariantName, comeBackWithinMs: number | null = null): Promise<void> {
    const { kind, intervalMs, ticksPerSecond } = this.#load;
    const symbols = Array.from({ length: this.#load.symbols }, (_, index) => `S${String(index).padStart(3, "0")}`);
    const started = port.parse(
      await this.#server.ask({ do: "start", variant, kind, intervalMs, symbols, ticksPerSecond }),
    );
    const lists = listsOf(this.#load, symbols);
    const readers = { do: "open", port: started.port, variant, kind, intervalMs, lists, comeBackWithinMs };
    await this.#clients.ask({ ...readers, sampleEvery: kind === "quotes" ? 16 : 64 });
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

  /** Resolves once every reader has its snapshot. @returns after how many milliseconds since they began, or null: too late. */
  async untilReady(limitMs: number): Promise<number | null> {
    for (let waited = 0; waited <= limitMs; waited += 20) {
      const state = settled.parse(await this.#clients.ask({ do: "settled" }));
      if (state.ready === this.#load.clients) return state.lastReadyMs;
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
      stallMs: server.stallMs,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clients[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }
}

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
