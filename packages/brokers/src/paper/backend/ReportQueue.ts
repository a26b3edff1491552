import type { Clock } from "../../domain/Clock.ts";
import type { PaperUpdate } from "./toPaperUpdate.ts";

/** What those who watch an account are told, and when it reaches them. */
export interface Report {
  readonly update: PaperUpdate;
  /** Market time, epoch milliseconds; null for at once. */
  readonly reportedAt: number | null;
}

export interface ReportQueueOptions {
  readonly clock: Clock;
  /** Market time, epoch milliseconds; infinite where it will not move any more. */
  readonly marketNow: () => number;
  readonly deliver: (updates: readonly PaperUpdate[]) => void;
  readonly onError: (error: unknown) => void;
}

/** The market's clock may run faster than ours: how long we sleep at most before we look at it again, milliseconds. */
const LONGEST_SLEEP_MS = 1_000;

/**
 * Reports on their way from the market to their owner (PX101): none is told before its time on the market's clock, and none
 * before one that was sent earlier.
 */
export class ReportQueue {
  readonly #options: ReportQueueOptions;
  readonly #waiting: Report[] = [];
  readonly #stop = new AbortController();
  #watching: Promise<void> | null = null;

  constructor(options: ReportQueueOptions) {
    this.#options = options;
  }

  /** Tells at once what is due, and the rest in its time. */
  add(reports: readonly Report[]): void {
    this.#waiting.push(...reports);
    this.deliverDue();
    if (this.#waiting.length > 0) this.#watching ??= this.#watch();
  }

  deliverDue(): void {
    if (this.#waiting.length === 0) return;
    const now = this.#options.marketNow();
    const notDue = this.#waiting.findIndex(({ reportedAt }) => reportedAt !== null && reportedAt > now);
    this.#deliver(notDue === -1 ? this.#waiting.length : notDue);
  }

  /** Tells what is still on its way: it happened, and nobody would ever tell it later. Idempotent. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    this.#deliver(this.#waiting.length);
  }

  #deliver(count: number): void {
    if (count > 0) this.#options.deliver(this.#waiting.splice(0, count).map(({ update }) => update));
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    const { clock, marketNow, onError } = this.#options;
    try {
      for (let [next] = this.#waiting; next !== undefined && !signal.aborted; [next] = this.#waiting) {
        const leftMs = (next.reportedAt ?? 0) - marketNow();
        await clock.sleep(Math.min(Math.max(Math.ceil(leftMs), 1), LONGEST_SLEEP_MS), { signal });
        this.deliverDue();
      }
    } catch (error) {
      if (!signal.aborted) onError(error);
    } finally {
      this.#watching = null;
    }
  }
}
