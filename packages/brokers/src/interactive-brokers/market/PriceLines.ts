import type { BrokerError } from "../../BrokerError.ts";
import type { BrokerDeps } from "../../deps.ts";
import { isWarning, toBrokerError } from "../IBErrors.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { IBContract } from "../session/vendorTypes.ts";
import { hearTicks } from "./hearTicks.ts";
import { DATA_TYPES, Ticker } from "./Ticker.ts";

/** Of a new account: https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#market-data-lines */
const DEFAULT_LINES = 100;
/** "Max number of tickers has been reached". */
const LINES_EXCEEDED = 101;
/** Too fast, too many, no such instrument, not readable, not valid. */
const NEVER_OPENED: ReadonlySet<number> = new Set([100, LINES_EXCEEDED, 200, 320, 321, 322]);
/** A line that was refused is asked for again. */
const RETRY_MS = 60_000;

interface Line {
  readonly symbol: string;
  readonly contract: IBContract;
  ticker: Ticker;
  /** Null while it is not asked for in this session. */
  requestId: number | null;
  fault: BrokerError | null;
  /** Not asked for again before, on the monotonic clock. */
  notBefore: number;
}

export interface PriceLinesOptions {
  readonly gateway: Gateway;
  readonly deps: BrokerDeps;
  /** Something new of a symbol was told, or its line was refused. */
  readonly onNews: (symbol: string) => void;
}

/**
 * The symbols whose prices stream, a market data line each. They are asked for one after another, and again in every new
 * session, so that a long list holds nothing else back.
 */
export class PriceLines {
  readonly #options: PriceLinesOptions;
  readonly #lines = new Map<string, Line>();
  readonly #byId = new Map<number, Line>();
  #limit = DEFAULT_LINES;
  #lastTickAt: number | null = null;
  #isPumping = false;

  constructor(options: PriceLinesOptions) {
    this.#options = options;
    const { gateway, onNews } = options;
    hearTicks((name, listener) => gateway.on(name, listener), {
      tickerOf: (requestId) => this.#byId.get(requestId)?.ticker,
      heard: () => {
        this.#lastTickAt = gateway.clock.now();
        return { now: this.#lastTickAt, brokerNow: gateway.brokerNow() };
      },
      onNews: (requestId) => {
        const line = this.#byId.get(requestId);
        if (line !== undefined) onNews(line.symbol);
      },
    });
    gateway.on("error", (error) => {
      const line = this.#byId.get(error.id);
      if (line === undefined || isWarning(error.code)) return;
      if (error.code === LINES_EXCEEDED) this.#limit = Math.max(1, this.used - 1);
      // Where the gateway opened it all the same, or goes on with it later, it would count beside the next one.
      if (!NEVER_OPENED.has(error.code)) this.#giveBack(error.id);
      this.#refused(line, toBrokerError(error, `the prices of ${line.symbol}`));
    });
  }

  /** Lines in use now. */
  get used(): number {
    return this.#byId.size;
  }

  /** As far as is known: 100, or what the gateway let us have before it said that there are no more. */
  get limit(): number {
    return this.#limit;
  }

  /** Symbols that somebody watches and whose prices do not come: all lines are in use, or theirs was refused. */
  get missing(): readonly string[] {
    const isFull = this.used >= this.#limit;
    return [...this.#lines.values()].flatMap(({ symbol, requestId, fault }) =>
      requestId === null && (isFull || fault !== null) ? symbol : [],
    );
  }

  /** When any tick came last, epoch milliseconds of our clock. */
  get lastTickAt(): number | null {
    return this.#lastTickAt;
  }

  /** The symbol, of those that stream, that anything was told of last; one that nothing was told of where that is all. */
  heardLast(): string | undefined {
    const at = ({ symbol, ticker }: Line): number => ticker.view(symbol)?.receivedAt ?? 0;
    return [...this.#byId.values()].toSorted((a, b) => at(b) - at(a))[0]?.symbol;
  }

  /** Why one of them was refused; null where none was. */
  get fault(): BrokerError | null {
    return [...this.#lines.values()].find(({ fault }) => fault !== null)?.fault ?? null;
  }

  /** Its prices stream now, as far as the gateway has said. */
  isStreaming(symbol: string): boolean {
    return (this.#lines.get(symbol)?.requestId ?? null) !== null;
  }

  /** Undefined where nothing streams. */
  ticker(symbol: string): Ticker | undefined {
    return this.#lines.get(symbol)?.ticker;
  }

  watch(symbol: string, contract: IBContract): void {
    if (this.#lines.has(symbol)) return;
    const line: Line = { symbol, contract, ticker: new Ticker(), requestId: null, fault: null, notBefore: 0 };
    this.#lines.set(symbol, line);
    void this.#pump();
  }

  unwatch(symbol: string): void {
    const line = this.#lines.get(symbol);
    if (line === undefined) return;
    this.#lines.delete(symbol);
    this.#release(line);
    void this.#pump();
  }

  /** All of them anew: the session is another, or its subscriptions were lost. What was known stays until it is told again. */
  async restore(isNewSession: boolean): Promise<void> {
    for (const line of this.#lines.values()) {
      if (isNewSession) this.#forget(line);
      else this.#release(line);
      line.fault = null;
      line.notBefore = 0;
    }
    const { gateway } = this.#options;
    // How many there are was found while others of the login used some.
    if (isNewSession) this.#limit = DEFAULT_LINES;
    // Where there is no subscription to live prices, delayed ones; where there is, live ones come all the same.
    await gateway.send({ urgency: "read", write: (calls) => calls.reqMarketDataType(DATA_TYPES.delayed) });
    await this.#pump();
  }

  /** The session is over: nothing streams. */
  lose(): void {
    for (const line of this.#lines.values()) this.#forget(line);
  }

  /** Asks again for what was refused a while ago. */
  tend(): void {
    void this.#pump();
  }

  clear(): void {
    this.#lines.clear();
    this.#byId.clear();
  }

  /** Asks for one line after another, while there are any to ask for and a session to ask in. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (let line = this.#next(); line !== undefined; line = this.#next()) await this.#request(line);
    } finally {
      this.#isPumping = false;
    }
  }

  #next(): Line | undefined {
    const { gateway } = this.#options;
    if (gateway.state.kind !== "ready" || this.used >= this.#limit) return undefined;
    const now = gateway.clock.monotonic();
    return [...this.#lines.values()].find(({ requestId, notBefore }) => requestId === null && now >= notBefore);
  }

  async #request(line: Line): Promise<void> {
    const { gateway, deps } = this.#options;
    const requestId = gateway.nextRequestId();
    this.#bind(line, requestId);
    try {
      await gateway.send({
        urgency: "read",
        session: gateway.session,
        write: (calls) => calls.reqMktData(requestId, line.contract, "", false, false),
      });
    } catch (err) {
      deps.logger.debug({ err, symbol: line.symbol }, "Interactive Brokers: a price line could not be asked for");
      if (line.requestId !== requestId) return;
      this.#forget(line);
      line.notBefore = gateway.clock.monotonic() + 1_000;
    }
  }

  #bind(line: Line, requestId: number): void {
    line.requestId = requestId;
    // What it told before, another request told: it is not mixed with what comes.
    line.ticker = new Ticker();
    this.#byId.set(requestId, line);
  }

  #refused(line: Line, fault: BrokerError): void {
    const { gateway, deps, onNews } = this.#options;
    this.#forget(line);
    line.fault = fault;
    line.notBefore = gateway.clock.monotonic() + RETRY_MS;
    deps.logger.warn({ symbol: line.symbol, ...fault.details }, fault.message);
    onNews(line.symbol);
  }

  #forget(line: Line): void {
    if (line.requestId !== null) this.#byId.delete(line.requestId);
    line.requestId = null;
  }

  /** Gives the line back to the gateway. */
  #release(line: Line): void {
    const { requestId } = line;
    this.#forget(line);
    if (requestId === null) return;
    this.#giveBack(requestId);
  }

  #giveBack(requestId: number): void {
    const { gateway } = this.#options;
    // With its session the line is gone too.
    gateway
      .send({ urgency: "read", session: gateway.session, write: (calls) => calls.cancelMktData(requestId) })
      .catch(() => undefined);
  }
}
