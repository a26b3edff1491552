import type { BrokerClient, CallOptions } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { StopFan } from "../lib/StopFan.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import type { OrderBooks } from "../reconciliation/ReconcileParts.ts";

/** The account's queue waits behind a question, so it is short. */
const QUESTION_MS = 5_000;

/** The calls of one connection to its broker. Each ends: with its answer, with its time, or with the connection. */
export class BrokerCalls {
  readonly #clock: Clock;
  readonly #stop: StopFan;

  constructor(clock: Clock, stop: AbortSignal) {
    this.#clock = clock;
    this.#stop = new StopFan(stop);
  }

  /** @throws BrokerError TIMEOUT after `ms`: the outcome is unknown */
  act<Result>(ms: number, call: (options: CallOptions) => Promise<Result>): Promise<Result> {
    return withTimeout(this.#clock, ms, (signal) => call({ signal }), this.#stop);
  }

  /** Something that changes nothing. @throws BrokerError TIMEOUT after 5 s */
  ask<Result>(question: (options: CallOptions) => Promise<Result>): Promise<Result> {
    return this.act(QUESTION_MS, question);
  }

  /** What a client can be asked of its orders, each question with its time. */
  books(client: BrokerClient): OrderBooks {
    return {
      getOpenOrders: () => this.ask((options) => client.getOpenOrders(options)),
      getOrderHistory: (days) => this.ask((options) => client.getOrderHistory(days, options)),
      getFills: (since) => this.ask((options) => client.getFills(since, options)),
      getOrderByClientOrderId: (id) => this.ask((options) => client.getOrderByClientOrderId(id, options)),
    };
  }
}
