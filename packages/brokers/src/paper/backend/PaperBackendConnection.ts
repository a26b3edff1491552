import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError, type Outcome } from "../../BrokerError.ts";
import { asBrokerError, brokerCall, throwIfAborted, waitFor } from "../../brokerCall.ts";
import { CallbackSet } from "../../CallbackSet.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import type { ConnectionState, ConnectionStatus } from "../../domain/connection.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { OrderUpdateEvent } from "../../domain/order.ts";
import type { PaperBackendConfig } from "../PaperConfig.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import { healthOf, isFeedMute } from "./healthOf.ts";
import { PaperBackendQuotes } from "./PaperBackendQuotes.ts";
import { PaperBackendSession } from "./PaperBackendSession.ts";
import { refusal } from "./refusals.ts";
import { withFeedState } from "./withFeedState.ts";

/** What a command caused, and what to say once that is durable. */
export interface Act<Result> {
  readonly events: readonly PaperEvent[];
  readonly answer: () => Result;
}

/** The connection of a paper account: its session while there is one, its health, its subscribers, and the way in for every call. */
export class PaperBackendConnection {
  readonly updates: CallbackSet<OrderUpdateEvent>;
  readonly accountEvents: CallbackSet<AccountEvent>;
  readonly quotes: PaperBackendQuotes;
  readonly #config: PaperBackendConfig;
  readonly #deps: BrokerDeps;
  #session: PaperBackendSession | null = null;
  #isConnecting = false;
  #lastTickAt: number | null = null;
  #listeningSince = 0;
  #error: ConnectionStatus["error"] = null;
  #seen: { readonly state: ConnectionState; readonly since: number };
  /** The end of the last connect or disconnect; they never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(config: PaperBackendConfig, deps: BrokerDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#seen = { state: "disconnected", since: deps.clock.now() };
    const onError = (error: unknown): void =>
      deps.logger.error({ account: config.accountId, err: error }, "a subscriber's callback threw");
    this.updates = new CallbackSet(onError);
    this.accountEvents = new CallbackSet(onError);
    this.quotes = new PaperBackendQuotes({ latest: (symbol) => this.latest(symbol), onError });
  }

  get isConnected(): boolean {
    return this.#session !== null;
  }

  connect(options: CallOptions = {}): Promise<boolean> {
    return this.#inLane(options, async () => {
      throwIfAborted(this.#config.name, options);
      const isMute = this.#isMute();
      if (this.#session !== null && !this.#session.hasFailed && !isMute) return true;
      // A feed that was mute stays so until it is heard: opening it anew is no evidence.
      if (!isMute) this.#listeningSince = this.#deps.clock.now();
      this.#isConnecting = true;
      const before = this.#session;
      this.#session = null;
      try {
        await before?.close();
        this.#session = await this.#open();
        this.#lastTickAt = newestTickAt(this.#session);
        this.#error = null;
        return true;
      } finally {
        this.#isConnecting = false;
      }
    });
  }

  disconnect(): Promise<void> {
    return this.#inLane({}, async () => {
      const session = this.#session;
      this.#session = null;
      await session?.close();
      this.updates.clear();
      this.accountEvents.clear();
      this.quotes.clear();
      this.#error = null;
    });
  }

  status(): ConnectionStatus {
    const now = this.#deps.clock.now();
    const health = healthOf({
      mode: this.#config.mode,
      session: this.#session,
      isConnecting: this.#isConnecting,
      lastTickAt: this.#lastTickAt,
      listeningSince: this.#listeningSince,
      error: this.#error,
      now,
    });
    if (health.state !== this.#seen.state) this.#seen = { state: health.state, since: now };
    return { ...health, since: this.#seen.since };
  }

  /** The newest tick of a symbol, with how far it can be trusted now. */
  latest(symbol: string): MarketData | undefined {
    const session = this.#session;
    const tick = session?.feed.latest(symbol);
    return session === null || tick === undefined ? undefined : withFeedState(tick, session, this.#deps.clock.now());
  }

  /** Answers from what is durable, so that nobody sees what a crash would undo. Whatever fails here, nothing was sent. */
  read<Result>(
    options: CallOptions,
    answer: (session: PaperBackendSession) => Result | Promise<Result>,
  ): Promise<Result> {
    const read = async (): Promise<Result> => {
      throwIfAborted(this.#config.name, options);
      const session = this.#requireSession();
      const work = this.#stored(session.settled(), "refused").then(() => answer(session));
      return waitFor(this.#config.name, work, options, "refused");
    };
    return brokerCall(this.#config.name, read, "refused");
  }

  /**
   * Acts at once, in the order of the calls, and answers when what it caused is durable. What `act` throws is a refusal,
   * and is told when all that it may rest on is durable: an order that is refused as a duplicate must not turn out to be
   * the only one.
   */
  command<Result>(options: CallOptions, act: (session: PaperBackendSession) => Act<Result>): Promise<Result> {
    return brokerCall(this.#config.name, async () => {
      throwIfAborted(this.#config.name, options);
      const session = this.#requireSession();
      let done: Act<Result>;
      try {
        done = act(session);
      } catch (error) {
        await this.#until(session.settled(), options);
        throw asBrokerError(this.#config.name, error, "refused");
      }
      await this.#until(session.record(done.events), options);
      return done.answer();
    });
  }

  /** A command's wait for what is being written. */
  #until(written: Promise<void>, options: CallOptions): Promise<void> {
    return waitFor(this.#config.name, this.#stored(written, "unknown"), options, "unknown");
  }

  #isMute(): boolean {
    const session = this.#session;
    if (session === null) return false;
    const now = this.#deps.clock.now();
    return isFeedMute({ session, lastTickAt: this.#lastTickAt, listeningSince: this.#listeningSince, now });
  }

  async #open(): Promise<PaperBackendSession> {
    try {
      return await PaperBackendSession.open(this.#config, this.#deps, {
        onUpdates: (updates) => {
          for (const update of updates) {
            if (update.type === "account") this.accountEvents.notify(update.event);
            else this.updates.notify(update);
          }
        },
        onTick: (tick) => {
          this.#lastTickAt = tick.receivedAt;
          this.quotes.onTick(tick.symbol);
        },
        onTend: () => this.quotes.refresh(),
        onFailed: (error) => this.#onFailed(error),
      });
    } catch (cause) {
      const { name } = this.#config;
      const message = `${name} could not load its account or start its prices`;
      const failure =
        cause instanceof BrokerError
          ? cause
          : new BrokerError(message, BrokerErrorCode.CONNECTION_FAILED, name, { cause });
      this.#error = { code: failure.code, message: failure.message };
      throw failure;
    }
  }

  #onFailed(error: unknown): void {
    this.#deps.logger.error({ account: this.#config.accountId, err: error }, "a paper account could not be stored");
    this.#error = {
      code: BrokerErrorCode.CONNECTION_FAILED,
      message: "the account could not be stored; it is being loaded again",
    };
  }

  /** A write that failed may have been made all the same. */
  async #stored(written: Promise<void>, outcome: Outcome): Promise<void> {
    try {
      await written;
    } catch (cause) {
      const code = outcome === "unknown" ? BrokerErrorCode.OUTCOME_UNKNOWN : BrokerErrorCode.CONNECTION_FAILED;
      throw new BrokerError(
        "the account could not be stored; reconnect, then look the order up by its id",
        code,
        this.#config.name,
        { cause },
      );
    }
  }

  #requireSession(): PaperBackendSession {
    const session = this.#session;
    const { name } = this.#config;
    if (session === null && !this.#isConnecting)
      throw refusal(name, BrokerErrorCode.CONNECTION_FAILED, "not connected: connect first");
    if (session !== null && !session.hasFailed) return session;
    throw refusal(name, BrokerErrorCode.CONNECTION_FAILED, "the connection is being restored: try again shortly");
  }

  #inLane<Result>(options: CallOptions, act: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(act, act);
    this.#lane = mine.catch(() => undefined);
    return brokerCall(this.#config.name, () => waitFor(this.#config.name, mine, options, "refused"));
  }
}

/** When the newest price reached us; null without any. */
function newestTickAt({ feed }: PaperBackendSession): number | null {
  const times = feed.instruments().flatMap(({ symbol }) => feed.latest(symbol)?.receivedAt ?? []);
  return times.length === 0 ? null : Math.max(...times);
}
