import type { BrokerDeps } from "../deps.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import type { RequestScheduler } from "../rate-limit/RequestScheduler.ts";
import { IBAccount } from "./account/IBAccount.ts";
import type { IBLiveConfig, IBPaperConfig } from "./IBTypes.ts";
import { IBContracts, noSuchSymbol } from "./market/IBContracts.ts";
import { IBMarket } from "./market/IBMarket.ts";
import { IBOrders } from "./orders/IBOrders.ts";
import { IBGateway, type SessionCause } from "./session/IBGateway.ts";

const TEND_MS = 1_000;

export interface IBLinkOptions {
  readonly config: IBPaperConfig | IBLiveConfig;
  /** Whose account it was before; undefined the first time. */
  readonly account: string | undefined;
  /** Of its client id; it outlives the connection. */
  readonly scheduler: RequestScheduler;
  readonly deps: BrokerDeps;
  readonly onUpdate: (event: OrderUpdateEvent) => void;
}

/** Everything that is open towards a gateway for the length of one connection, put together and looked after. */
export class IBLink {
  readonly gateway: IBGateway;
  readonly contracts: IBContracts;
  readonly orders: IBOrders;
  readonly account: IBAccount;
  readonly market: IBMarket;
  readonly #deps: BrokerDeps;
  readonly #closing = new AbortController();
  #tending: Promise<void> | null = null;
  /** What is being read again after a session came back; readings do not overlap. */
  #restoring: Promise<void> = Promise.resolve();

  constructor({ config, account = config.account, scheduler, deps, onUpdate }: IBLinkOptions) {
    const { gateway: address, mode, orderIds } = config;
    this.#deps = deps;
    this.gateway = new IBGateway({
      address,
      mode,
      ...(account === undefined ? {} : { account }),
      scheduler,
      deps,
      onReady: (cause) => this.#onReady(cause),
      onLost: () => this.#onLost(),
    });
    const { gateway } = this;
    this.contracts = new IBContracts(gateway);
    this.market = new IBMarket({ gateway, contracts: this.contracts, deps });
    this.orders = new IBOrders({
      gateway,
      orderIds,
      mode,
      deps,
      contractOf: async (symbol, options) => {
        const known = await this.contracts.contract(symbol, options);
        if (known === null) throw noSuchSymbol(symbol);
        return known.contract;
      },
      onUpdate: (event) => {
        this.account.changed();
        onUpdate(event);
      },
    });
    this.account = new IBAccount(gateway, this.orders.book.ledger);
  }

  /** The session first, then orders and account; orders can be placed without prices. @throws BrokerError */
  async open(): Promise<void> {
    await this.gateway.start();
    await this.#restoring;
    // The reading that the session began with may have failed: then this one says why.
    if (!this.orders.isCaughtUp) await this.orders.onReady();
    await this.account.facts();
    this.#tending = this.#tend();
  }

  /** Makes sure of what is open. @throws BrokerError why it cannot be healed now. */
  async heal(): Promise<void> {
    await this.gateway.start();
    await this.#restoring;
    if (!this.orders.isCaughtUp) await this.orders.onReady();
  }

  /** Idempotent; waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.gateway.close();
    await Promise.all([this.#tending, this.#restoring, this.orders.close()]);
    this.account.close();
    this.market.clear();
  }

  #onReady(cause: SessionCause): void {
    const work = this.#restoring.then(async () => {
      await this.#aside("orders", () => this.orders.onReady());
      if (cause === "data_kept") return;
      const isNewSession = cause === "new_session";
      await this.#aside("the account", () => this.account.begin(isNewSession));
      await this.#aside("prices", () => this.market.restore(isNewSession));
    });
    this.#restoring = work;
  }

  #onLost(): void {
    this.orders.onLost();
    this.account.changed();
    this.market.lose();
  }

  async #tend(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#closing;
    for (;;) {
      await clock.sleep(TEND_MS, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.market.tend();
      if (this.gateway.state.kind === "ready") await this.#aside("orders", () => this.orders.tend());
    }
  }

  /** Work that nobody waits for; a failure shows in the status. */
  async #aside(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (err) {
      if (!this.#closing.signal.aborted)
        this.#deps.logger.warn({ err }, `Interactive Brokers: ${what} could not be read`);
    }
  }
}
