import { BrokerError } from "../../BrokerError.ts";
import type { Clock } from "../../domain/Clock.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ALPACA } from "../alpacaName.ts";
import type { AlpacaTransport, RestAnswer, RestRequest, SendOptions } from "./AlpacaTransport.ts";

/** A transport, and what it shows of the health of the other end. */
export class ObservedTransport implements AlpacaTransport {
  readonly #inner: AlpacaTransport;
  readonly #clock: Clock;
  #answeredAt: number | null = null;
  #failure: BrokerError | null = null;
  #isUnauthorized = false;
  #isClosed = false;
  /** What is under way, by what ends it. */
  readonly #sending = new Map<AbortController, Promise<RestAnswer>>();

  constructor(inner: AlpacaTransport, clock: Clock) {
    this.#inner = inner;
    this.#clock = clock;
  }

  /** When anything was answered last, epoch milliseconds of our clock. */
  get answeredAt(): number | null {
    return this.#answeredAt;
  }

  /** Why the newest request had no answer, or none that a sound server gives; null where it had one. */
  get failure(): BrokerError | null {
    return this.#failure;
  }

  /** The newest answer of the trading host did not accept the keys. */
  get isUnauthorized(): boolean {
    return this.#isUnauthorized;
  }

  /** @throws BrokerError as the port says, and CONNECTION_FAILED, refused, once it is closed. */
  async send(request: RestRequest, options: SendOptions = {}): Promise<RestAnswer> {
    if (this.#isClosed) throw closed();
    const end = new AbortController();
    const sending = this.#inner.send(request, this.#bounded(request, options, end));
    this.#sending.set(end, sending);
    try {
      const answer = await sending;
      this.#answeredAt = this.#clock.now();
      this.#failure = null;
      if (request.host === "trading") this.#isUnauthorized = answer.status === 401;
      return answer;
    } catch (error) {
      // A caller who stopped waiting says nothing about the other end.
      if (error instanceof BrokerError && options.signal?.aborted !== true && !end.signal.aborted)
        this.#failure = error;
      throw error;
    } finally {
      this.#sending.delete(end);
    }
  }

  /** Ends every question, and waits for the answer of every command: what it did must be known. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const sending = [...this.#sending];
    // A command listens to no end.
    for (const [end] of sending) end.abort();
    await Promise.allSettled(sending.map(([, answer]) => answer));
    this.#inner[Symbol.dispose]();
  }

  /** Each question has an end of its own: one signal for all would have as many listeners as there are questions. */
  #bounded({ method }: RestRequest, { signal }: SendOptions, end: AbortController): SendOptions {
    if (method !== "GET") return signal === undefined ? {} : { signal };
    return { signal: signal === undefined ? end.signal : AbortSignal.any([end.signal, signal]) };
  }

  [Symbol.dispose](): void {
    this.#inner[Symbol.dispose]();
  }
}

function closed(): BrokerError {
  return new BrokerError("the connection was closed", BrokerErrorCode.CONNECTION_FAILED, ALPACA, {
    outcome: "refused",
  });
}
