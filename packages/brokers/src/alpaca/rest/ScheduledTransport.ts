import { BrokerError } from "../../BrokerError.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { HostBudget } from "../../domain/connection.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import { CircuitBreaker } from "../../rate-limit/CircuitBreaker.ts";
import type { ToldBudget } from "../../rate-limit/RequestBudget.ts";
import type { Heard } from "../../rate-limit/RequestScheduler.ts";
import { unsent, withdrawn } from "../../rate-limit/unsent.ts";
import { ALPACA } from "../alpacaName.ts";
import type { HostSchedulers } from "./AlpacaSchedulers.ts";
import {
  ALPACA_HOSTS,
  type AlpacaTransport,
  type RateBudget,
  type RestAnswer,
  type RestRequest,
  type SendOptions,
} from "./AlpacaTransport.ts";

/**
 * How long a request waits for its turn. Shorter than the desk waits for the answer (10 s for an order, 5 s for a
 * question), so that it is told that nothing was sent before it has to call the outcome unknown.
 */
const LONGEST_WAIT_MS: Readonly<Record<Urgency, number>> = {
  cancel: 8_000,
  reduce: 5_000,
  lookup: 8_000,
  order: 5_000,
  read: 4_000,
  history: 30_000,
};

/** Beneath these a path goes on with an id or a symbol; anywhere else it has words alone. */
const NAMED = /^(\/v2\/(?:orders|positions|assets))\/[^/]+/;

/** No answer for so long is a failure of the other end, whoever gave up. */
const SILENCE_MS = 4_000;

export interface ScheduledTransportOptions {
  readonly inner: AlpacaTransport;
  readonly schedulers: HostSchedulers;
  readonly deps: Pick<BrokerDeps, "clock" | "random">;
  /** The broker's clock, epoch milliseconds: its resets are told by it. */
  readonly brokerNow: () => number;
}

/**
 * Sends each request in its turn and within the budget of its host, and leaves alone for a while what fails again and
 * again; never a cancel. What it refuses itself has the detail `unsent`.
 */
export class ScheduledTransport implements AlpacaTransport {
  readonly #options: ScheduledTransportOptions;
  readonly #breakers = new Map<string, CircuitBreaker>();
  #isClosed = false;

  constructor(options: ScheduledTransportOptions) {
    this.#options = options;
  }

  /** @throws BrokerError as the port says, and with the detail `unsent` where the request was not sent. */
  send(request: RestRequest, { signal, sendBy, refusal }: SendOptions = {}): Promise<RestAnswer> {
    const { schedulers, inner, deps } = this.#options;
    if (this.#isClosed) return Promise.reject(closed());
    const { host, urgency } = request;
    const breaker = this.#breakerOf(request);
    const name = orderIdOf(request);
    const waitMs = LONGEST_WAIT_MS[urgency];
    const forward: SendOptions = signal === undefined ? {} : { signal };
    return schedulers[host].run({
      broker: ALPACA,
      urgency,
      maxWaitMs: sendBy === undefined ? waitMs : Math.min(waitMs, sendBy - deps.clock.now()),
      owner: this,
      ...forward,
      ...(name === undefined ? {} : { name }),
      refusal: () => refusal?.() ?? (breaker === null ? null : openRefusal(breaker, request)),
      send: () => {
        const send = (): Promise<RestAnswer> => inner.send(request, forward);
        return breaker === null ? send() : watched(breaker, { clock: deps.clock, signal, send });
      },
      hear: (answer) => this.#hear(answer),
    });
  }

  /** Takes back an order that waits to be sent. @returns true where it did: it is not sent. */
  withdraw(clientOrderId: string): boolean {
    return this.#options.schedulers.trading.withdraw(this, clientOrderId, withdrawn(ALPACA));
  }

  /** What is left, and who waits. */
  budget(): readonly HostBudget[] {
    return ALPACA_HOSTS.map((host) => ({ host, ...this.#options.schedulers[host].status() }));
  }

  /** Refuses what waits, and whatever comes. What was sent is not its own any more. */
  close(): void {
    this.#isClosed = true;
    for (const host of ALPACA_HOSTS) this.#options.schedulers[host].refuseAll(this, closed());
  }

  [Symbol.dispose](): void {
    this.close();
    this.#options.inner[Symbol.dispose]();
  }

  #hear({ status, budget, retryAfterMs }: RestAnswer): Heard {
    const told = budget === null ? null : this.#told(budget);
    const spent = status === 429 ? { retryAfterMs: told?.resetsInMs ?? retryAfterMs } : null;
    return { budget: told, spent };
  }

  #told({ limit, remaining, resetAt }: RateBudget): ToldBudget {
    return { limit, remaining, window: resetAt, resetsInMs: resetAt - this.#options.brokerNow() };
  }

  /** By what is asked for and how, the ids aside. Null for a cancel. */
  #breakerOf({ host, method, path, urgency }: RestRequest): CircuitBreaker | null {
    if (urgency === "cancel") return null;
    const endpoint = `${host} ${method} ${path.replace(NAMED, "$1/*")}`;
    let breaker = this.#breakers.get(endpoint);
    if (breaker === undefined) this.#breakers.set(endpoint, (breaker = new CircuitBreaker(this.#options.deps)));
    return breaker;
  }
}

interface Watched {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly send: () => Promise<RestAnswer>;
}

/** A failure of the broker is no answer to what was sent, or its own word that it failed; a refusal is an answer. */
async function watched(breaker: CircuitBreaker, { clock, signal, send }: Watched): Promise<RestAnswer> {
  const passage = breaker.pass();
  const sentAt = clock.monotonic();
  try {
    const answer = await send();
    if (answer.status >= 500) passage.failed();
    else passage.succeeded();
    return answer;
  } catch (error) {
    const isWaitedFor = signal?.aborted !== true || clock.monotonic() - sentAt >= SILENCE_MS;
    if (isWaitedFor && isSilence(error)) passage.failed();
    else passage.abandoned();
    throw error;
  }
}

/** A host that cannot be reached is none: that is the connection's to heal, and costs no budget. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof BrokerError)) return false;
  return error.code === BrokerErrorCode.TIMEOUT || error.code === BrokerErrorCode.OUTCOME_UNKNOWN;
}

function openRefusal(breaker: CircuitBreaker, { method, path }: RestRequest): BrokerError | null {
  const retryAfterMs = breaker.blockedMs();
  if (retryAfterMs === null) return null;
  const { failures } = breaker;
  const message = `it failed ${failures} times in a row, and is tried again in ${retryAfterMs} ms`;
  return unsent(ALPACA, "breaker_open", message, { retryAfterMs, failures, method, path });
}

/** The client order id of what places an order. */
function orderIdOf({ method, body }: RestRequest): string | undefined {
  if (method !== "POST" || body === undefined || !("client_order_id" in body)) return undefined;
  return typeof body.client_order_id === "string" ? body.client_order_id : undefined;
}

function closed(): BrokerError {
  return unsent(ALPACA, "closed", "the connection was closed");
}
