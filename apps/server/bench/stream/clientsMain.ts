// The readers of one run, in a process of their own: bare connections that count frames and read one in some.
import { connect, type Socket } from "node:net";
import { z } from "zod";
import { helloOf, maskedFrame, pathOf } from "./clientHello.ts";
import { FrameCounter } from "./FrameCounter.ts";
import { VARIANT_NAMES } from "./variants/VARIANTS.ts";

const plan = z.object({
  do: z.literal("open"),
  port: z.number(),
  variant: z.enum(VARIANT_NAMES),
  kind: z.enum(["quotes", "ticks"]),
  intervalMs: z.number(),
  lists: z.array(z.array(z.string())),
  sampleEvery: z.number(),
  /** Ages are counted from the desk's receipt of a value, or from the market's time in it. */
  ageFrom: z.enum(["receipt", "market"]),
  /** Come back when the connection is cut, after a random wait of up to this. */
  comeBackWithinMs: z.number().nullable(),
});
type Plan = z.infer<typeof plan>;
const message = z.discriminatedUnion("do", [
  plan,
  z.object({ do: z.literal("measure") }),
  z.object({ do: z.literal("stall"), count: z.number() }),
  z.object({ do: z.literal("settled"), connects: z.number() }),
]);

/** A batch as text: what tRPC, socket.io or nobody put round it. */
const item = z.object({
  quotes: z.array(z.array(z.unknown())).optional(),
  ticks: z.array(z.array(z.unknown())).optional(),
});
const envelope = z.object({ result: z.object({ data: item.optional() }) });
const PLACE_OF_TIME = { receipt: { quotes: 10, ticks: 8 }, market: { quotes: 9, ticks: 7 } } as const;
/** Frames in which a connection may still be shaking hands. */
const HANDSHAKE_FRAMES = 2;

interface Client {
  readonly symbols: readonly string[];
  readonly counter: FrameCounter;
  socket: Socket | null;
  /** How often it has connected. */
  connects: number;
  /** When the snapshot came after the last (re)connect; null while it is awaited. */
  readyAt: number | null;
  /** When it had a value of each of its symbols; null before. */
  wholeAt: number | null;
  /** Symbols that it has had no value of since the last (re)connect. */
  readonly missing: Set<string>;
  /** Of its counter, when it connected last. */
  messagesBefore: number;
}

const clients: Client[] = [];
let latencies: number[] = [];
let sampledItems = 0;
let sampledMessages = 0;
let cpu = process.cpuUsage();
let counted = { messages: 0, bytes: 0 };
let openedAt = 0;
let ageFrom: Plan["ageFrom"] = "receipt";

function read(text: string, client: Client): void {
  const now = performance.timeOrigin + performance.now();
  const start = text.startsWith("42") ? text.indexOf(",") + 1 : 0;
  // The hellos of engine.io and socket.io.
  if (start === 0 && !text.startsWith("{")) return;
  const body: unknown = JSON.parse(start === 0 ? text : text.slice(start, -1));
  const wrapped = envelope.safeParse(body);
  const { quotes, ticks } = wrapped.success ? (wrapped.data.result.data ?? {}) : item.parse(body);
  const rows = quotes ?? ticks;
  if (rows === undefined) return;
  sampledMessages += 1;
  sampledItems += rows.length;
  const place = PLACE_OF_TIME[ageFrom][quotes === undefined ? "ticks" : "quotes"];
  for (const row of rows) {
    const at = row[place];
    if (typeof at === "number") latencies.push(now - at);
    if (client.missing.size > 0 && typeof row[0] === "string") client.missing.delete(row[0]);
  }
  if (client.missing.size === 0) client.wholeAt ??= performance.now();
}

function open(client: Client, again: Plan): void {
  const { port, variant, kind, intervalMs, comeBackWithinMs } = again;
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  client.socket = socket;
  client.connects += 1;
  client.readyAt = null;
  client.wholeAt = null;
  client.messagesBefore = client.counter.messages;
  for (const symbol of client.symbols) client.missing.add(symbol);
  let isUpgraded = false;
  socket.on("connect", () => {
    socket.write(
      `GET ${pathOf(variant)} HTTP/1.1\r\nhost: bench\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
  });
  socket.on("data", (chunk) => {
    if (isUpgraded) {
      const before = client.counter.messages;
      client.counter.take(chunk);
      // tRPC's "started" comes before the snapshot, in the same turn.
      if (client.counter.messages > before) client.readyAt ??= performance.now();
      return;
    }
    isUpgraded = true;
    for (const text of helloOf(variant, kind, client.symbols, intervalMs)) socket.write(maskedFrame(text));
    const end = chunk.indexOf("\r\n\r\n");
    if (end >= 0 && end + 4 < chunk.length) client.counter.take(chunk.subarray(end + 4));
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    client.socket = null;
    client.readyAt = null;
    client.wholeAt = null;
    if (comeBackWithinMs === null) return;
    setTimeout(() => open(client, again), Math.random() * comeBackWithinMs);
  });
}

function obey(order: z.infer<typeof message>): unknown {
  if (order.do === "open") {
    openedAt = performance.now();
    ({ ageFrom } = order);
    for (const [index, symbols] of order.lists.entries()) {
      const hear = (text: string): void => {
        // socket.io takes an event only after it has answered "40".
        if (text.startsWith("40{")) client.socket?.write(maskedFrame(`42${JSON.stringify(["watch", symbols])}`));
        read(text, client);
      };
      // All is read where it must be whole after a cut; elsewhere that would be the bench's cost.
      const isWaiting = (): boolean =>
        client.counter.messages - client.messagesBefore <= HANDSHAKE_FRAMES ||
        (order.comeBackWithinMs !== null && client.missing.size > 0);
      const client: Client = {
        symbols,
        counter: new FrameCounter(order.sampleEvery, index, hear, isWaiting),
        socket: null,
        connects: 0,
        readyAt: null,
        wholeAt: null,
        missing: new Set(),
        messagesBefore: 0,
      };
      clients.push(client);
      open(client, order);
    }
    return {};
  }
  if (order.do === "stall") for (const client of clients.slice(0, order.count)) client.socket?.pause();
  if (order.do === "settled") {
    const here = clients.filter(({ connects }) => connects >= order.connects);
    const ready = here.flatMap(({ readyAt }) => readyAt ?? []);
    const whole = here.flatMap(({ wholeAt }) => wholeAt ?? []);
    return {
      ready: ready.length,
      lastReadyMs: Math.max(0, ...ready) - openedAt,
      whole: whole.length,
      lastWholeMs: Math.max(0, ...whole) - openedAt,
    };
  }
  return measure();
}

function measure() {
  const used = process.cpuUsage(cpu);
  let messages = 0;
  let bytes = 0;
  for (const { counter } of clients) {
    messages += counter.messages;
    bytes += counter.bytes;
  }
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const figures = {
    cpuMicroseconds: used.user + used.system,
    messages: messages - counted.messages,
    bytes: bytes - counted.bytes,
    itemsPerMessage: sampledMessages === 0 ? 0 : sampledItems / sampledMessages,
    samples: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
  cpu = process.cpuUsage();
  counted = { messages, bytes };
  latencies = [];
  sampledItems = 0;
  sampledMessages = 0;
  return figures;
}

process.on("message", (raw: unknown) => process.send?.(obey(message.parse(raw))));
process.on("disconnect", () => process.exit());
