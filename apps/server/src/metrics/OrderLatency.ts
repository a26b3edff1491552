import type { OrderRow } from "@trenddojo/db";
import { Histogram, type Registry } from "prom-client";
import type { ExecutionTimesView } from "../connections/ExecutionTimes.ts";
import { percentile } from "../lib/percentile.ts";

/** The last so many make up the percentiles. */
const KEPT = 500;
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Moments = Pick<OrderRow, "createdAt" | "sentAt" | "acknowledgedAt" | "origin">;

/** How long the desk's own orders took, of all accounts: from the person's intent to the wire, and from there to the answer. */
export class OrderLatency {
  readonly #toWire: Stage;
  readonly #toAnswer: Stage;

  constructor(registry: Registry) {
    this.#toWire = new Stage(registry, "desk_order_intent_to_sent_seconds", "From an order's intent to the wire");
    this.#toAnswer = new Stage(registry, "desk_order_sent_to_answered_seconds", "From the wire to the broker's answer");
  }

  /** After a commit: takes what this step of an order has settled. Each order counts once in each stage. */
  note(before: Moments, after: Moments): void {
    const { origin, createdAt, sentAt, acknowledgedAt } = after;
    if (origin !== "desk" || sentAt === null) return;
    if (before.sentAt === null) this.#toWire.observe(sentAt - createdAt);
    if (before.acknowledgedAt === null && acknowledgedAt !== null) this.#toAnswer.observe(acknowledgedAt - sentAt);
  }

  /** Of the last orders since the desk started; null before the first. */
  read(): { readonly intentToSent: ExecutionTimesView | null; readonly sentToAnswered: ExecutionTimesView | null } {
    return { intentToSent: this.#toWire.read(), sentToAnswered: this.#toAnswer.read() };
  }
}

class Stage {
  readonly #histogram: Histogram;
  readonly #last: number[] = [];

  constructor(registry: Registry, name: string, help: string) {
    this.#histogram = new Histogram({ name, help, buckets: BUCKETS_SECONDS, registers: [registry] });
  }

  observe(ms: number): void {
    const elapsed = Math.max(0, ms);
    this.#histogram.observe(elapsed / 1_000);
    this.#last.push(elapsed);
    if (this.#last.length > KEPT) this.#last.shift();
  }

  read(): ExecutionTimesView | null {
    if (this.#last.length === 0) return null;
    const sorted = this.#last.toSorted((a, b) => a - b);
    return { count: sorted.length, medianMs: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) };
  }
}
