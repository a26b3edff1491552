import { Counter, Gauge, type Registry } from "prom-client";
import type { Clock } from "@trenddojo/brokers/domain";
import type { ConnectionHosts } from "../connections/ConnectionHosts.ts";
import type { SystemSample } from "../wire/system.ts";
import { openLoopDelay } from "./LoopDelay.ts";
import { SystemSampler } from "./SystemSampler.ts";
import type { Totals } from "./Totals.ts";

interface DeskMetricsParts {
  readonly clock: Clock;
  /** This desk's own: nothing is registered globally. */
  readonly registry: Registry;
  /** What there is to count, at this moment. */
  readonly read: () => Totals;
  readonly connections: Pick<ConnectionHosts, "budgets">;
}

/**
 * What an operator watches, in Prometheus' text format. The parts count in plain numbers; they are read when a scrape
 * comes, so a tick costs nothing here.
 */
export class DeskMetrics implements Disposable {
  readonly #parts: DeskMetricsParts;
  #sampler: SystemSampler | null = null;

  constructor(parts: DeskMetricsParts) {
    this.#parts = parts;
    this.#countStreams();
    this.#gaugeStreams();
    this.#gaugeLoop();
    this.#gaugeBudgets();
  }

  /** Begins to look once a second. */
  start(): void {
    const { clock, read } = this.#parts;
    this.#sampler ??= new SystemSampler(clock, openLoopDelay(), read);
  }

  /** One a second of the last minute, oldest first; none before `start`. */
  get samples(): readonly SystemSample[] {
    return this.#sampler?.samples ?? [];
  }

  get contentType(): string {
    return this.#parts.registry.contentType;
  }

  /** All metrics as text. */
  scrape(): Promise<string> {
    return this.#parts.registry.metrics();
  }

  [Symbol.dispose](): void {
    this.#sampler?.[Symbol.dispose]();
  }

  #countStreams(): void {
    this.#counter("desk_stream_ticks_in_total", "Ticks that came from the brokers", ({ ticksIn }) => ticksIn);
    this.#counter("desk_stream_messages_out_total", "Messages that streams sent", ({ messagesOut }) => messagesOut);
    this.#counter("desk_stream_quotes_out_total", "Conflated quotes in those messages", ({ quotesOut }) => quotesOut);
    this.#counter("desk_stream_ticks_out_total", "Unconflated ticks in those messages", ({ ticksOut }) => ticksOut);
    this.#counter(
      "desk_stream_quotes_flushed_total",
      "Quotes taken up by a flush, once for all readers of a list",
      ({ quotesFlushed }) => quotesFlushed,
    );
    this.#counter("desk_stream_skips_total", "Times that a slow reader was left out of a flush", ({ skips }) => skips);
    this.#counter(
      "desk_slow_readers_closed_total",
      "WebSockets that were closed because nobody read what they were sent",
      ({ slowReadersClosed }) => slowReadersClosed,
    );
    this.#counter("desk_socket_bytes_in_total", "Bytes that came over WebSockets", ({ bytesIn }) => bytesIn);
    this.#counter("desk_socket_bytes_out_total", "Bytes written to WebSockets", ({ bytesOut }) => bytesOut);
  }

  #gaugeStreams(): void {
    const { read } = this.#parts;
    this.#gauge(
      "desk_stream_conflation_ratio",
      "Ticks that came in for each quote that a flush took up, since the start",
      () => {
        const { ticksIn, quotesFlushed } = read();
        return quotesFlushed === 0 ? 0 : ticksIn / quotesFlushed;
      },
    );
    this.#gauge("desk_sockets", "Open WebSockets", () => read().sockets);
    this.#gauge("desk_subscriptions", "Open subscriptions on them", () => read().subscriptions);
    this.#gauge("desk_upstream_subscriptions", "Symbols subscribed at brokers", () => read().upstream);
    this.#gauge("desk_heap_bytes", "JavaScript heap in use", () => read().heapBytes);
  }

  #gaugeLoop(): void {
    const gauge: Gauge<"quantile"> = new Gauge({
      name: "desk_event_loop_delay_seconds",
      help: "By how much the event loop was late: the median of the last second, p99 and most of the last minute's seconds",
      labelNames: ["quantile"],
      registers: [this.#parts.registry],
      collect: () => {
        const reading = this.#sampler?.loopDelay();
        if (reading === undefined) return;
        gauge.set({ quantile: "0.5" }, reading.medianMs / 1_000);
        gauge.set({ quantile: "0.99" }, reading.p99Ms / 1_000);
        gauge.set({ quantile: "1" }, reading.maxMs / 1_000);
      },
    });
  }

  #gaugeBudgets(): void {
    const { registry, connections } = this.#parts;
    const labelNames = ["connection", "host"] as const;
    const registers = [registry];
    const limit = new Gauge({ name: "desk_broker_budget_limit", help: "Requests a window", labelNames, registers });
    const left: Gauge<"connection" | "host"> = new Gauge({
      name: "desk_broker_budget_remaining",
      help: "Requests that are left of a broker's window",
      labelNames,
      registers,
      collect: () => {
        left.reset();
        limit.reset();
        for (const { connectionId, host, remaining, limit: most } of connections.budgets()) {
          left.set({ connection: connectionId, host }, remaining);
          limit.set({ connection: connectionId, host }, most);
        }
      },
    });
  }

  #counter(name: string, help: string, value: (totals: Totals) => number): void {
    const { registry, read } = this.#parts;
    const counter: Counter = new Counter({
      name,
      help,
      registers: [registry],
      collect: () => {
        counter.reset();
        counter.inc(value(read()));
      },
    });
  }

  #gauge(name: string, help: string, value: () => number): void {
    const registers = [this.#parts.registry];
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(value()) });
  }
}
