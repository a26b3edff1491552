import type { TradeUpdateEvent } from "./account/TradeUpdate.ts";
import type { StreamName } from "./faults/FaultScript.ts";

/** A request and what came of it. Secrets are never in it. */
export interface JournalRequest {
  readonly kind: "request";
  /** Epoch milliseconds of the wall clock. */
  readonly at: number;
  readonly id: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The key it was sent with; null without one. */
  readonly key: string | null;
  readonly body: unknown;
  /** The answer's status; null where none was sent. */
  readonly status: number | null;
  /** Of an answer of 400 or above: its body, cut after 500 characters. */
  readonly error?: string;
}

/** What became of a socket. */
export interface JournalSocket {
  readonly kind: "socket";
  readonly at: number;
  readonly stream: StreamName;
  readonly event: "opened" | "refused" | "authorized" | "closed";
  readonly key: string | null;
}

/** What became of an order: written when the account has kept it, and before anybody is told. */
export interface JournalOrder {
  readonly kind: "order";
  readonly at: number;
  readonly key: string;
  /** The account's number. */
  readonly account: string;
  /**
   * `taken`: the account has the order from now on, each leg and each replacement for itself. Otherwise what the trading
   * stream says of it; and the end of a held leg, of which it says nothing.
   */
  readonly event: "taken" | TradeUpdateEvent;
  readonly id: string;
  readonly clientOrderId: string;
  /** As the vendor answers it, at that moment. */
  readonly order: object;
  /** Of a fill: what was executed, decimals as text. */
  readonly execution?: { readonly id: string; readonly qty: string; readonly price: string };
}

export type JournalEntry = JournalRequest | JournalSocket | JournalOrder;

/** Keeps entries beyond this process. Each call is done when it returns. */
export interface JournalSink {
  append(entry: JournalEntry): void;
}

/** Entries that are kept, the oldest forgotten first. */
const LONGEST = 10_000;

/** What the simulator saw and did, oldest first. */
export class SimulatorJournal {
  readonly #entries: JournalEntry[] = [];
  readonly #sink: JournalSink | null;

  /** @param sink gets every entry, before it is here. */
  constructor(sink: JournalSink | null = null) {
    this.#sink = sink;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Requests of a method to a path, its query left out. */
  requests(method: string, path: string): readonly JournalRequest[] {
    return this.#entries.filter(
      (entry): entry is JournalRequest =>
        entry.kind === "request" && entry.method === method && entry.path.split("?")[0] === path,
    );
  }

  sockets(stream: StreamName): readonly JournalSocket[] {
    return this.#entries.filter((entry): entry is JournalSocket => entry.kind === "socket" && entry.stream === stream);
  }

  orders(): readonly JournalOrder[] {
    return this.#entries.filter((entry): entry is JournalOrder => entry.kind === "order");
  }

  record(entry: JournalEntry): void {
    this.#sink?.append(entry);
    this.#entries.push(entry);
    if (this.#entries.length > LONGEST) this.#entries.shift();
  }
}
