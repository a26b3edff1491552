/** What became of a TCP connection. */
export interface TwsJournalSocket {
  readonly kind: "socket";
  /** Epoch milliseconds of the wall clock. */
  readonly at: number;
  /** Counted from 1 over the simulator's life. */
  readonly connection: number;
  readonly event: "opened" | "ready" | "refused" | "closed" | "reset" | "frozen";
  /** Null before it was said. */
  readonly clientId: number | null;
}

/** A request as it came, before it is taken. */
export interface TwsJournalRequest {
  readonly kind: "request";
  readonly at: number;
  readonly connection: number;
  readonly clientId: number;
  /** "placeOrder", "cancelOrder", "reqPositions". */
  readonly request: string;
  /** Of an order or its cancel. */
  readonly orderId?: number;
  readonly orderRef?: string;
  readonly transmit?: boolean;
  readonly whatIf?: boolean;
  /** What a fault did to it; absent where none did. */
  readonly fault?: string;
}

/** An error that was told, whatever became of it on its way. */
export interface TwsJournalError {
  readonly kind: "error";
  readonly at: number;
  readonly connection: number;
  readonly clientId: number;
  readonly id: number;
  readonly code: number;
  readonly message: string;
}

export const TWS_ORDER_EVENTS = [
  /** The gateway has the order from now on, transmitted or not. */
  "taken",
  "transmitted",
  "working",
  "triggered",
  "modified",
  "fill",
  "filled",
  "cancelled",
  /** Refused by the exchange, or ended unfilled as FOK. */
  "inactive",
] as const;
export type TwsOrderEvent = (typeof TWS_ORDER_EVENTS)[number];

/** What became of an order: written when the account has it, and before anybody is told. */
export interface TwsJournalOrder {
  readonly kind: "order";
  readonly at: number;
  readonly account: string;
  readonly event: TwsOrderEvent;
  readonly clientId: number;
  readonly orderId: number;
  readonly permId: number;
  readonly orderRef: string;
  readonly order: {
    readonly symbol: string;
    readonly action: string;
    readonly orderType: string;
    readonly tif: string;
    readonly quantity: string;
    readonly limitPrice: string;
    readonly auxPrice: string;
    readonly parentId: number;
    readonly ocaGroup: string;
    readonly status: string;
    readonly filled: string;
    readonly remaining: string;
    readonly averagePrice: string;
  };
  /** Of a fill, decimals as text. */
  readonly execution?: { readonly id: string; readonly quantity: string; readonly price: string };
}

export type TwsJournalEntry = TwsJournalSocket | TwsJournalRequest | TwsJournalError | TwsJournalOrder;

/** Keeps entries beyond this process. Each call is done when it returns. */
export interface TwsJournalSink {
  append(entry: TwsJournalEntry): void;
}

/** Entries that are kept, the oldest forgotten first. */
const LONGEST = 20_000;

/** What the simulator saw and did, oldest first. */
export class TwsJournal {
  readonly #entries: TwsJournalEntry[] = [];
  readonly #sink: TwsJournalSink | null;

  /** @param sink gets every entry, before it is here. */
  constructor(sink: TwsJournalSink | null = null) {
    this.#sink = sink;
  }

  get entries(): readonly TwsJournalEntry[] {
    return this.#entries;
  }

  /** Of one kind, or all. */
  requests(request?: string): readonly TwsJournalRequest[] {
    return this.#entries.filter(
      (entry): entry is TwsJournalRequest =>
        entry.kind === "request" && (request === undefined || entry.request === request),
    );
  }

  orders(): readonly TwsJournalOrder[] {
    return this.#entries.filter((entry): entry is TwsJournalOrder => entry.kind === "order");
  }

  errors(): readonly TwsJournalError[] {
    return this.#entries.filter((entry): entry is TwsJournalError => entry.kind === "error");
  }

  sockets(): readonly TwsJournalSocket[] {
    return this.#entries.filter((entry): entry is TwsJournalSocket => entry.kind === "socket");
  }

  record(entry: TwsJournalEntry): void {
    this.#sink?.append(entry);
    this.#entries.push(entry);
    if (this.#entries.length > LONGEST) this.#entries.shift();
  }
}
