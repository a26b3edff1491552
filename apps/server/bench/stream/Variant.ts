import type { MarketData } from "@trenddojo/brokers/domain";

/** What a scenario asks of every variant: quotes conflated to an interval, or every tick. */
export type StreamKind = "quotes" | "ticks";

export interface StreamPlan {
  readonly kind: StreamKind;
  /** Milliseconds between batches of quotes. */
  readonly intervalMs: number;
}

/** One way of serving the same streams, on a free port of loopback. */
export interface RunningVariant {
  readonly port: number;
  take(data: MarketData): void;
  /** Cuts every socket. */
  cut(): void;
}

export type StartVariant = (plan: StreamPlan) => Promise<RunningVariant>;
