import type { ConnectionId, MarketData } from "@trenddojo/brokers/domain";
import { DeskError } from "../DeskError.ts";
import type { QuoteSource } from "../streams/QuoteSource.ts";
import type { ConnectionHost } from "./ConnectionHost.ts";
import type { ConnectionHosts } from "./ConnectionHosts.ts";

/** The quotes of a connection, whichever host has it open at the moment. */
export class LateSource implements QuoteSource {
  readonly #hosts: ConnectionHosts;
  readonly #connectionId: ConnectionId;

  constructor(hosts: ConnectionHosts, connectionId: ConnectionId) {
    this.#hosts = hosts;
    this.#connectionId = connectionId;
  }

  subscribe(symbol: string, listener: (data: MarketData) => void, onEnd: () => void): Promise<() => void> {
    const host = this.#host();
    if (host === undefined) return Promise.reject(new DeskError("NOT_CONNECTED", "The connection is not open."));
    return host.subscribe(symbol, listener, onEnd);
  }

  isMarketOpen(): boolean {
    return this.#host()?.isMarketOpen() ?? true;
  }

  #host(): ConnectionHost | undefined {
    return this.#hosts.find(this.#connectionId);
  }
}
