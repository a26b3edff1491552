import type { AlertWebhookRow } from "@trenddojo/db";
import type { WebhookEvent } from "./webhookBody.ts";

/** An alert may become visible a little after one that was raised later. */
const OVERLAP_MS = 10_000;

/** How far the deliveries to one webhook are. */
export class DeliveryLane {
  readonly #envelope: string;
  /** Finished, by their ids: when they happened. */
  readonly #finished = new Map<string, number>();
  #from: number;
  #isBusy = false;
  #hasNews = false;

  constructor({ envelope, lastDeliveredAt, updatedAt }: AlertWebhookRow) {
    this.#envelope = envelope;
    this.#from = (lastDeliveredAt ?? updatedAt) + 1;
  }

  /** Epoch milliseconds: what happened before is finished. */
  get from(): number {
    return this.#from;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Dispose the answer when the work has ended. */
  begin(): Disposable {
    this.#isBusy = true;
    return { [Symbol.dispose]: () => void (this.#isBusy = false) };
  }

  /** Whether it is that webhook, and not the one before it. */
  isOf({ envelope }: AlertWebhookRow): boolean {
    return envelope === this.#envelope;
  }

  /** There may be more to deliver than was read. */
  tell(): void {
    this.#hasNews = true;
  }

  /** Whether it was told since it was asked last. */
  takeNews(): boolean {
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    return hadNews;
  }

  next(events: readonly WebhookEvent[]): WebhookEvent | undefined {
    return events.find(({ id }) => !this.#finished.has(id));
  }

  /** It was taken, or given up. */
  finish({ id, at }: WebhookEvent): void {
    this.#finished.set(id, at);
    this.#from = Math.max(this.#from, at - OVERLAP_MS);
    for (const [each, happenedAt] of this.#finished) if (happenedAt < this.#from) this.#finished.delete(each);
  }
}
