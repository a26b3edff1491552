import type { BrokerCredentialStore } from "@trenddojo/brokers";
import type { Clock, UserId } from "@trenddojo/brokers/domain";
import { alerts, alertWebhooks, type AlertWebhookRow, type Db } from "@trenddojo/db";
import type { Logger } from "pino";
import { DeskError } from "../DeskError.ts";
import { Latch } from "../lib/Latch.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { DeliveryLane } from "./DeliveryLane.ts";
import { postWebhook } from "./postWebhook.ts";
import { openWebhook } from "./sealWebhook.ts";
import { webhookEvents, type WebhookEvent } from "./webhookBody.ts";
import { webhookTarget, type Resolve } from "./webhookTarget.ts";

/** Announcements are hints; this finds an alert whose hint was lost. */
const LOOK_EVERY_MS = 15_000;
/** Between the tries of one delivery; after the last it is given up. */
const WAITS_MS = [1_000, 4_000, 15_000, 60_000] as const;

export interface WebhookDeliveryParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: BrokerCredentialStore;
  readonly bus: TickBus;
  readonly log: Logger;
  /** Looks a host's name up. @default the system */
  readonly resolve?: Resolve | undefined;
}

/**
 * Sends alerts to their users' webhooks: each user's in order, each failure and each recovery, with a bounded number of
 * tries. The alerts themselves are the queue, so nothing waits for a delivery and a restart goes on where it was; what was
 * sent just before one may be sent again, with the same id.
 */
export class WebhookDelivery implements AsyncDisposable {
  readonly #parts: WebhookDeliveryParts;
  readonly #tasks: TaskSet;
  readonly #stop = new AbortController();
  readonly #changed = new Latch(true);
  readonly #unsubscribe: () => void;
  readonly #lanes = new Map<UserId, DeliveryLane>();
  #timer: Disposable | null = null;

  constructor(parts: WebhookDeliveryParts) {
    this.#parts = parts;
    this.#tasks = new TaskSet(parts.log);
    this.#unsubscribe = parts.bus.subscribe(subjects.anyAlerts, () => this.#changed.set());
    this.#tasks.add("deliver alerts", this.#run(this.#stop.signal));
  }

  /** Gives up what is under way; the next start sends it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    await this.#tasks.idle();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { db, clock, log } = this.#parts;
    while (await this.#changed.wait(signal)) {
      this.#timer?.[Symbol.dispose]();
      try {
        for (const webhook of await alertWebhooks.listAll(db)) this.#serve(webhook, signal);
      } catch (err) {
        log.error({ err }, "webhooks could not be read");
      }
      this.#timer = clock.setTimer(LOOK_EVERY_MS, () => this.#changed.set());
    }
    this.#timer?.[Symbol.dispose]();
  }

  /** One user's deliveries never overlap, and no user waits for another's. */
  #serve(webhook: AlertWebhookRow, signal: AbortSignal): void {
    let lane = this.#lanes.get(webhook.userId);
    if (lane === undefined || !lane.isOf(webhook)) {
      lane = new DeliveryLane(webhook);
      this.#lanes.set(webhook.userId, lane);
    }
    lane.tell();
    if (!lane.isBusy) this.#tasks.add("deliver a user's alerts", this.#deliverAll(webhook, lane, signal));
  }

  async #deliverAll(webhook: AlertWebhookRow, lane: DeliveryLane, signal: AbortSignal): Promise<void> {
    using _busy = lane.begin();
    // What is announced while the alerts are being read may not be among them.
    while (!signal.aborted && lane.takeNews()) await this.#deliverKnown(webhook, lane, signal);
  }

  async #deliverKnown(webhook: AlertWebhookRow, lane: DeliveryLane, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const changed = await alerts.listChangedSince(this.#parts.db, webhook.userId, lane.from);
      const next = lane.next(webhookEvents(changed, lane.from));
      if (next === undefined || !(await this.#deliver(webhook, next, signal))) return;
      lane.finish(next);
    }
  }

  /** Tries until it was taken or is given up. @returns false where the webhook is another one by now, or none. */
  async #deliver(webhook: AlertWebhookRow, event: WebhookEvent, signal: AbortSignal): Promise<boolean> {
    const { db, clock } = this.#parts;
    for (let attempt = 0; ; attempt += 1) {
      if ((await alertWebhooks.find(db, webhook.userId))?.envelope !== webhook.envelope) return false;
      const lastError = await this.#post(webhook, event, signal);
      if (signal.aborted) return false;
      const delivered = lastError === null ? { lastDeliveredAt: event.at } : {};
      await alertWebhooks.setResult(db, webhook, { lastError, ...delivered });
      const waitMs = WAITS_MS[attempt];
      if (lastError === null || waitMs === undefined) return true;
      if (!(await sleepQuietly(clock, waitMs, signal))) return false;
    }
  }

  async #post(webhook: AlertWebhookRow, { body }: WebhookEvent, signal: AbortSignal): Promise<string | null> {
    const { clock, vault, resolve, log } = this.#parts;
    try {
      const { url, signingKey } = await openWebhook(vault, webhook);
      return await postWebhook(clock, { target: await webhookTarget(url, resolve), body, signingKey }, signal);
    } catch (err) {
      if (err instanceof DeskError) return `${err.code}: ${err.message}`;
      log.error({ err, userId: webhook.userId }, "a webhook could not be opened");
      return "NOT_OPENED: the stored address could not be read; enter it again";
    }
  }
}
