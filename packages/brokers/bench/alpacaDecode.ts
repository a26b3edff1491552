import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import { decode, encode } from "@msgpack/msgpack";
import { MarketFrameReader } from "../src/alpaca/stream/MarketFrames.ts";
import { QUOTES_A_FRAME, quoteFrames, type Codec } from "./alpacaFrames.ts";
import { printComparisons, type Comparison } from "./Comparison.ts";
import { median } from "./median.ts";
import { ownPriceStream } from "./ownStream.ts";

const FRAMES = 2_000;
const WARM_UP = 8;
const ROUNDS = 9;
const PROCESSES = 5;

interface Way {
  readonly codec: Codec;
  /** Reads frames and answers how many quotes they told. */
  readonly make: () => (frames: readonly Buffer[]) => number;
}

/** Ours, its own client's and the bare parser's, of each codec. */
const WAYS: readonly Way[] = [
  { codec: "json", make: ours },
  { codec: "json", make: () => ownClient("json") },
  { codec: "json", make: () => bare((frame) => JSON.parse(frame.toString())) },
  { codec: "msgpack", make: ours },
  { codec: "msgpack", make: () => ownClient("msgpack") },
  { codec: "msgpack", make: () => bare((frame) => decode(frame)) },
];

/**
 * How many quotes one core makes of frames, from the message of the socket to the object that a listener is given: ours,
 * Alpaca's own client's, and the bare parsers'. Each way in processes of its own, in turns: a desk has one of them.
 */
function measureAlpacaDecode(): void {
  const rates = WAYS.map((): number[] => []);
  for (let run = 0; run < PROCESSES; run += 1) for (const [index, each] of rates.entries()) each.push(rateOf(index));
  const [json = 0, ownJson = 0, bareJson = 0, msgpack = 0, ownMsgpack = 0, bareMsgpack = 0] = rates.map(median);
  const note = `median of ${PROCESSES} processes, a second of one core's CPU`;
  const row = (what: string, value: number, against: string, reference: number): Comparison => ({
    what: `Alpaca's price stream, frames to events: ${what}`,
    value,
    unit: "quotes/s",
    against,
    reference,
    note,
  });
  printComparisons([
    row("JSON", json, "Alpaca's own client, told to read JSON", ownJson),
    row("JSON", json, "Alpaca's own client as it is, msgpack", ownMsgpack),
    row("JSON", json, "`JSON.parse` alone", bareJson),
    row("msgpack", msgpack, "Alpaca's own client", ownMsgpack),
    row("msgpack", msgpack, "`@msgpack/msgpack` alone", bareMsgpack),
  ]);
}

function rateOf(way: number): number {
  const script = fileURLToPath(import.meta.url);
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", script, String(way)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** @returns quotes a second of this process's CPU, collection of garbage included. */
function measure({ codec, make }: Way): number {
  const run = make();
  const frames = quoteFrames(codec, FRAMES);
  const rates: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const before = process.cpuUsage();
    const told = run(frames);
    const { user, system } = process.cpuUsage(before);
    if (told !== QUOTES_A_FRAME * FRAMES) throw new Error(`${told} of ${QUOTES_A_FRAME * FRAMES} quotes`);
    if (round >= WARM_UP) rates.push((told / (user + system)) * 1e6);
  }
  return median(rates);
}

function ours(): (frames: readonly Buffer[]) => number {
  const reader = new MarketFrameReader();
  const nothing = (): void => undefined;
  return (frames) => {
    let told = 0;
    for (const frame of frames) reader.read(frame, ({ kind }) => (told += Number(kind === "quote")), nothing);
    return told;
  };
}

/** A socket that is told what comes in. */
class ToldSocket extends EventEmitter {
  readonly readyState = 1;
  send(): void {}
  close(): void {}
}

function ownClient(codec: Codec): (frames: readonly Buffer[]) => number {
  const socket = new ToldSocket();
  const stream = ownPriceStream(codec, { wsFactory: () => socket });
  let told = 0;
  stream.onQuote((quote) => (told += Number(quote.symbol !== "")));
  stream.connect();
  socket.emit("open");
  const welcome = [{ T: "success", msg: "authenticated" }];
  socket.emit("message", Buffer.from(codec === "json" ? JSON.stringify(welcome) : encode(welcome)));
  return (frames) => {
    told = 0;
    for (const frame of frames) socket.emit("message", frame);
    return told;
  };
}

function bare(parse: (frame: Buffer) => unknown): (frames: readonly Buffer[]) => number {
  return (frames) => {
    let told = 0;
    for (const frame of frames) {
      const messages = parse(frame);
      if (Array.isArray(messages)) told += messages.length;
    }
    return told;
  };
}

const way = WAYS[Number(process.argv[2] ?? Number.NaN)];
if (way === undefined) measureAlpacaDecode();
else process.stdout.write(String(measure(way)));
