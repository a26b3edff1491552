import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { BrokerKind } from "../desk/BrokerKind.ts";
import { Child } from "../lib/Child.ts";
import { CLIENT_ID, ORACLE_KEYS } from "./keys.ts";
import { readGatewayEntry } from "./readGatewayEntry.ts";

const request = z.object({
  kind: z.literal("request"),
  at: z.number(),
  method: z.string(),
  path: z.string(),
  key: z.string().nullable(),
  status: z.number().nullable(),
});
const order = z.object({
  kind: z.literal("order"),
  at: z.number(),
  event: z.string(),
  id: z.string(),
  /** Of the order that the desk placed, also where it is one that replaces it. */
  clientOrderId: z.string(),
  /** As the vendor answers it at that moment, where its journal has it. */
  order: z
    .object({ status: z.string(), replaces: z.string().nullable(), limit_price: z.string().nullable() })
    .optional(),
  execution: z.object({ id: z.string(), qty: z.string(), price: z.string() }).optional(),
});
const entry = z.union([request, order, z.object({ kind: z.literal("socket") })]);

/** One thing that the simulator wrote into its journal. */
export type OracleEntry = z.infer<typeof entry>;
/** What became of an order there. */
export type OracleOrder = z.infer<typeof order>;

const position = z.object({ symbol: z.string(), qty: z.string() });
const positions = z.array(position);

/** What the broker's side of a run says of it. */
export interface OracleWord {
  readonly journal: readonly OracleEntry[];
  /** Shares by symbol, as the vendor writes them. */
  readonly positions: ReadonlyMap<string, string>;
}

/** The simulator of one run. */
export interface OracleRun extends AsyncDisposable {
  /** "http://127.0.0.1:4711" */
  readonly url: string;
  /** With which each request of the desk has to come. */
  readonly key: string;
  /** Adds rules of a fault script, one a line. */
  addFaults(script: string): Promise<void>;
  /** Cuts every stream. */
  cutStreams(): Promise<void>;
  word(): Promise<OracleWord>;
}

/** The process in which the simulators of a sweep live; no kill of a desk reaches it. */
export class Oracle implements AsyncDisposable {
  readonly #child: Child;
  /** How much later it is for its brokers than on this machine, milliseconds. */
  readonly aheadMs: number;

  /** @param aheadMs of a broker that takes orders at certain hours alone, what it is until then */
  constructor(aheadMs = 0) {
    this.aheadMs = aheadMs;
    this.#child = new Child(new URL("./oracleMain.ts", import.meta.url), { aheadMs });
  }

  /** A fresh account, on prices of this seed. */
  async open(options: {
    /** @default "alpaca" */
    readonly broker?: BrokerKind;
    readonly seed: number;
    readonly journalFile: string;
    readonly latencyMs: number;
  }): Promise<OracleRun> {
    const { broker = "alpaca" } = options;
    const url = z.string().parse(await this.#child.ask({ open: { ...options, broker } }));
    const isAlpaca = broker === "alpaca";
    const askPositions = async () => positions.parse(await this.#child.ask({ positions: url }));
    return {
      url,
      key: isAlpaca ? ORACLE_KEYS.key : CLIENT_ID,
      addFaults: async (script) => void (await this.#child.ask({ faults: { url, script } })),
      cutStreams: async () => void (await this.#child.ask({ cut: url })),
      word: async () => {
        const journal = await readJournal(
          options.journalFile,
          isAlpaca ? (line) => entry.parse(line) : readGatewayEntry,
        );
        const held = await (isAlpaca ? readPositions(url) : askPositions());
        return { journal, positions: new Map(held.map(({ symbol, qty }) => [symbol, qty])) };
      },
      [Symbol.asyncDispose]: async () => void (await this.#child.ask({ close: url })),
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child.kill();
  }
}

async function readJournal(file: string, read: (line: unknown) => OracleEntry): Promise<readonly OracleEntry[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return inOneName(lines.map((line) => read(JSON.parse(line))));
}

/** What replaces an order has an id that the vendor chose: it is told under the one that the desk did. */
function inOneName(entries: readonly OracleEntry[]): readonly OracleEntry[] {
  const names = new Map<string, string>();
  return entries.map((each) => {
    if (each.kind !== "order") return each;
    // A gateway's journal tells of no replacement, and of no id before it has one.
    if (each.order !== undefined && !names.has(each.id))
      names.set(each.id, names.get(each.order.replaces ?? "") ?? each.clientOrderId);
    return { ...each, clientOrderId: names.get(each.id) ?? each.clientOrderId };
  });
}

async function readPositions(url: string): Promise<z.infer<typeof positions>> {
  const headers = { "apca-api-key-id": ORACLE_KEYS.key, "apca-api-secret-key": ORACLE_KEYS.secret };
  const response = await fetch(`${url}/v2/positions`, { headers });
  return positions.parse(await response.json());
}
