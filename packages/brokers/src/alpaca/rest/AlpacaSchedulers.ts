import type { BrokerDeps } from "../../deps.ts";
import { RequestScheduler } from "../../rate-limit/RequestScheduler.ts";
import type { BudgetTerms } from "../../rate-limit/RequestBudget.ts";
import type { AlpacaHost } from "./AlpacaTransport.ts";

/** https://docs.alpaca.markets/docs/usage-limit-api-calls: until an answer tells the plan's own. */
const TERMS: BudgetTerms = { limit: 200, windowMs: 60_000 };

export type HostSchedulers = Readonly<Record<AlpacaHost, RequestScheduler>>;

/**
 * The schedulers of a process: one for each pair of keys and host, so that all clients of the same keys spend one
 * budget, and a connection that is opened again goes on with what is left.
 */
export class AlpacaSchedulers {
  readonly #deps: Pick<BrokerDeps, "clock" | "random">;
  readonly #schedulers = new Map<string, HostSchedulers>();

  constructor(deps: Pick<BrokerDeps, "clock" | "random">) {
    this.#deps = deps;
  }

  /** @param endpoints set a paper account apart from a live one, and a simulator from both. */
  of(keyId: string, endpoints: { readonly trading: string; readonly data: string }): HostSchedulers {
    const name = JSON.stringify([endpoints.trading, endpoints.data, keyId]);
    let found = this.#schedulers.get(name);
    if (found === undefined) {
      const scheduler = (): RequestScheduler => new RequestScheduler({ terms: TERMS, deps: this.#deps });
      this.#schedulers.set(name, (found = { trading: scheduler(), data: scheduler() }));
    }
    return found;
  }
}
