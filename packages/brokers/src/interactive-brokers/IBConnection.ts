import type { CallOptions } from "../BrokerClient.ts";
import type { Outcome } from "../BrokerError.ts";
import { asBrokerError, brokerCall, throwIfAborted, waitFor } from "../brokerCall.ts";
import { CallbackSet } from "../CallbackSet.ts";
import type { BrokerDeps } from "../deps.ts";
import type { ConnectionState, ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { RequestScheduler } from "../rate-limit/RequestScheduler.ts";
import { MESSAGE_BUDGET } from "./IBBudget.ts";
import { ibHealth } from "./ibHealth.ts";
import { IBLink } from "./IBLink.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";
import { ibRefusal } from "./ibRefusal.ts";
import type { IBLiveConfig, IBPaperConfig } from "./IBTypes.ts";

/** The connection of one account: its link while there is one, its subscribers, and the way in for every call. */
export class IBConnection {
  readonly updates: CallbackSet<OrderUpdateEvent>;
  readonly #config: IBPaperConfig | IBLiveConfig;
  readonly #deps: BrokerDeps;
  readonly #scheduler: RequestScheduler;
  #link: IBLink | null = null;
  #isConnecting = false;
  /** Whose account it was the first time: it never becomes another's. */
  #account: string | undefined;
  #error: ConnectionStatus["error"] = null;
  #seen: { readonly state: ConnectionState; readonly since: number };
  /** The end of the last connect or disconnect; they never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(config: IBPaperConfig | IBLiveConfig, deps: BrokerDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#scheduler = new RequestScheduler({ terms: MESSAGE_BUDGET, deps });
    this.#seen = { state: "disconnected", since: deps.clock.now() };
    this.updates = new CallbackSet((err) => deps.logger.error({ err }, "a subscriber's callback threw"));
  }

  get isConnected(): boolean {
    return this.#link !== null;
  }

  connect(options: CallOptions = {}): Promise<boolean> {
    return this.#inLane(options, async () => {
      throwIfAborted(INTERACTIVE_BROKERS, options);
      if (this.#link !== null) {
        await this.#link.heal();
        return true;
      }
      this.#isConnecting = true;
      try {
        this.#link = await this.#open();
        this.#error = null;
        return true;
      } catch (cause) {
        const failure = asBrokerError(INTERACTIVE_BROKERS, cause, "refused");
        this.#error = { code: failure.code, message: failure.message };
        throw failure;
      } finally {
        this.#isConnecting = false;
      }
    });
  }

  disconnect(): Promise<void> {
    return this.#inLane({}, async () => {
      const link = this.#link;
      this.#link = null;
      await link?.close();
      this.updates.clear();
      this.#error = null;
    });
  }

  status(): ConnectionStatus {
    const health = ibHealth(this.#link, {
      mode: this.#config.mode,
      isConnecting: this.#isConnecting,
      error: this.#error,
      scheduler: this.#scheduler,
    });
    if (health.state !== this.#seen.state) this.#seen = { state: health.state, since: this.#deps.clock.now() };
    return { ...health, since: this.#seen.since };
  }

  /** Takes back an order that waits to be sent. @returns true where it did. */
  withdraw(clientOrderId: string): boolean {
    return this.#link?.gateway.withdraw(clientOrderId) ?? false;
  }

  /** Whatever fails here, nothing was sent. */
  read<Result>(options: CallOptions, answer: (link: IBLink, options: CallOptions) => Promise<Result>): Promise<Result> {
    return this.#call(options, "refused", answer);
  }

  command<Result>(options: CallOptions, act: (link: IBLink, options: CallOptions) => Promise<Result>): Promise<Result> {
    return this.#call(options, "unknown", act);
  }

  #call<Result>(
    options: CallOptions,
    outcome: Outcome,
    call: (link: IBLink, options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    return brokerCall(
      INTERACTIVE_BROKERS,
      async () => {
        throwIfAborted(INTERACTIVE_BROKERS, options);
        if (this.#link === null) {
          throw ibRefusal(BrokerErrorCode.CONNECTION_FAILED, "not connected: connect first");
        }
        return call(this.#link, options);
      },
      outcome,
    );
  }

  async #open(): Promise<IBLink> {
    const link = new IBLink({
      config: this.#config,
      account: this.#account,
      scheduler: this.#scheduler,
      deps: this.#deps,
      onUpdate: (event) => this.updates.notify(event),
    });
    try {
      await link.open();
      this.#account = link.gateway.accountId;
      return link;
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  #inLane<Result>(options: CallOptions, act: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(act, act);
    this.#lane = mine.catch(() => undefined);
    return brokerCall(INTERACTIVE_BROKERS, () => waitFor(INTERACTIVE_BROKERS, mine, options, "refused"), "refused");
  }
}
