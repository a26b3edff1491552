import type { CallOptions } from "../BrokerClient.ts";
import type { BrokerError, Outcome } from "../BrokerError.ts";
import { asBrokerError, brokerCall, throwIfAborted, waitFor } from "../brokerCall.ts";
import { CallbackSet } from "../CallbackSet.ts";
import type { BrokerDeps } from "../deps.ts";
import type { ConnectionState, ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import type { AlpacaEndpoints } from "./AlpacaEndpoints.ts";
import { ALPACA } from "./alpacaName.ts";
import { alpacaRefusal } from "./alpacaRefusal.ts";
import { AlpacaLink, type AlpacaLinkOptions } from "./AlpacaLink.ts";
import { alpacaHealth } from "./alpacaHealth.ts";
import type { AlpacaLiveConfig, AlpacaPaperConfig } from "./AlpacaTypes.ts";
import { readAccountProof } from "./account/readAccountProof.ts";
import { AlpacaSchedulers } from "./rest/AlpacaSchedulers.ts";

/** The connection of one account: its link while there is one, its subscribers, and the way in for every call. */
export class AlpacaConnection {
  readonly updates: CallbackSet<OrderUpdateEvent>;
  readonly #options: Omit<AlpacaLinkOptions, "onUpdate">;
  #link: AlpacaLink | null = null;
  #isConnecting = false;
  /** Whose account it was the first time: it never becomes another's. */
  #accountNumber: string | null = null;
  #error: ConnectionStatus["error"] = null;
  #seen: { readonly state: ConnectionState; readonly since: number };
  /** The end of the last connect or disconnect; they never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(config: AlpacaPaperConfig | AlpacaLiveConfig, endpoints: AlpacaEndpoints, deps: BrokerDeps) {
    const { schedulers = new AlpacaSchedulers(deps) } = config;
    this.#options = { config, endpoints, schedulers: schedulers.of(config.keys.keyId, endpoints), deps };
    this.#seen = { state: "disconnected", since: deps.clock.now() };
    this.updates = new CallbackSet((err) => deps.logger.error({ err }, "a subscriber's callback threw"));
  }

  get isConnected(): boolean {
    return this.#link !== null;
  }

  connect(options: CallOptions = {}): Promise<boolean> {
    return this.#inLane(options, async () => {
      throwIfAborted(ALPACA, options);
      if (this.#link !== null) return this.#heal(this.#link);
      this.#isConnecting = true;
      try {
        this.#link = await this.#open();
        this.#error = null;
        return true;
      } catch (cause) {
        const failure = asBrokerError(ALPACA, cause, "refused");
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
    const { deps, config } = this.#options;
    const health = alpacaHealth(this.#link, {
      mode: config.mode,
      isConnecting: this.#isConnecting,
      error: this.#error,
    });
    if (health.state !== this.#seen.state) this.#seen = { state: health.state, since: deps.clock.now() };
    return { ...health, since: this.#seen.since };
  }

  /** Takes back an order that waits to be sent. @returns true where it did. */
  withdraw(clientOrderId: string): boolean {
    return this.#link?.requests.withdraw(clientOrderId) ?? false;
  }

  /** Whatever fails here, nothing was sent. */
  read<Result>(
    options: CallOptions,
    answer: (link: AlpacaLink, options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    return this.#call(options, "refused", answer);
  }

  command<Result>(
    options: CallOptions,
    act: (link: AlpacaLink, options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    return this.#call(options, "unknown", act);
  }

  #call<Result>(
    options: CallOptions,
    outcome: Outcome,
    call: (link: AlpacaLink, options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    return brokerCall(
      ALPACA,
      async () => {
        throwIfAborted(ALPACA, options);
        if (this.#link === null) throw notConnected();
        return call(this.#link, options);
      },
      outcome,
    );
  }

  async #open(): Promise<AlpacaLink> {
    const link = new AlpacaLink({ ...this.#options, onUpdate: (event) => this.updates.notify(event) });
    try {
      const account = await readAccountProof(link.trading, this.#options.config.mode);
      this.#accountNumber ??= account.account_number;
      if (this.#accountNumber !== account.account_number) throw anotherAccount();
      await link.open();
      return link;
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  async #heal(link: AlpacaLink): Promise<boolean> {
    await readAccountProof(link.trading, this.#options.config.mode);
    await link.heal();
    return true;
  }

  #inLane<Result>(options: CallOptions, act: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(act, act);
    this.#lane = mine.catch(() => undefined);
    return brokerCall(ALPACA, () => waitFor(ALPACA, mine, options, "refused"), "refused");
  }
}

function notConnected(): BrokerError {
  return alpacaRefusal(BrokerErrorCode.CONNECTION_FAILED, "not connected: connect first");
}

function anotherAccount(): BrokerError {
  const message = "these keys now belong to another account: make a new connection for it";
  return alpacaRefusal(BrokerErrorCode.AUTHENTICATION_FAILED, message);
}
