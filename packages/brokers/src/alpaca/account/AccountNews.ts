import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import { callSafely } from "../../CallbackSet.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import { ALPACA } from "../alpacaName.ts";
import { ACTIVITIES_A_PAGE, type TradingRest } from "../rest/TradingRest.ts";
import type { WireActivity } from "../rest/wireAccount.ts";
import { toAccountEvents } from "./toAccountEvents.ts";

const DAY_MS = 86_400_000;
/** Alpaca has no stream of these on the trading side; most are made at night. */
const LOOK_MS = 300_000;
const RETRY_MS = 30_000;
/** Activities are found by when they were written down; one may be written down later than the ones after it. */
const OVERLAP_MS = 2 * DAY_MS;
/** What is older is not told any more: a fee for each day of years would be. */
const HORIZON_MS = 90 * DAY_MS;
/** Whoever subscribes is not kept longer: what was not read by then comes later. */
const PATIENCE_MS = 2_000;
const MOST_PAGES = 100;

export interface AccountNewsOptions {
  readonly rest: TradingRest;
  readonly deps: BrokerDeps;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
  /** Something happened to the account. */
  readonly onNews: () => void;
}

interface Subscriber {
  readonly since: number;
  readonly callback: (event: AccountEvent) => void;
  /** When each that it was told happened, by its id. */
  readonly told: Map<string, number>;
}

/**
 * What happens to the account without an order, from the list of its activities: read when somebody subscribes, after a
 * gap, and every five minutes. Each subscriber is told each once, oldest first, those of the last 90 days.
 */
export class AccountNews {
  readonly #options: AccountNewsOptions;
  readonly #subscribers = new Set<Subscriber>();
  /** Kinds of which it was said in the log that they are not told. */
  readonly #mentioned = new Set<string>();
  /** What was written down since then is still to be read, the broker's clock; infinite where nobody is to be told. */
  #unreadSince = Number.POSITIVE_INFINITY;
  /** Our clock, monotonic. */
  #nextAt = 0;
  #isReading = false;
  #isClosed = false;
  /** Readings never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(options: AccountNewsOptions) {
    this.#options = options;
  }

  /** Resolves once what is known since then was told, or after two seconds: then the rest comes when it has been read. */
  async subscribe(
    since: number,
    callback: (event: AccountEvent) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    const { brokerNow, deps } = this.#options;
    const subscriber: Subscriber = { since: Math.max(since, brokerNow() - HORIZON_MS), callback, told: new Map() };
    this.#subscribers.add(subscriber);
    this.#unreadSince = Math.min(this.#unreadSince, subscriber.since);
    const patience = new AbortController();
    const patient = deps.clock.sleep(PATIENCE_MS, { signal: patience.signal }).catch(() => undefined);
    try {
      await waitFor(ALPACA, Promise.race([this.#look(), patient]), options, "refused");
    } catch (error) {
      this.#subscribers.delete(subscriber);
      throw error;
    } finally {
      patience.abort();
    }
    return () => void this.#subscribers.delete(subscriber);
  }

  /** Something may have happened unheard: it is looked for soon. */
  hurry(): void {
    this.#nextAt = 0;
  }

  /** Called every second; nobody waits for what it begins. */
  tend(): void {
    if (this.#isReading || this.#subscribers.size === 0) return;
    if (this.#options.deps.clock.monotonic() >= this.#nextAt) void this.#look();
  }

  /** Nobody is told anything more. Resolves when nothing is being read; what reads is ended elsewhere. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#subscribers.clear();
    await this.#lane;
  }

  /** Never rejects: it is tried again. */
  #look(): Promise<void> {
    const mine = this.#lane.then(async () => {
      const { clock, logger } = this.#options.deps;
      this.#isReading = true;
      try {
        await this.#read();
        this.#nextAt = clock.monotonic() + LOOK_MS;
      } catch (err) {
        this.#nextAt = clock.monotonic() + RETRY_MS;
        if (!this.#isClosed) logger.warn({ err }, "Alpaca: what happened to the account could not be read");
      } finally {
        this.#isReading = false;
      }
    });
    this.#lane = mine;
    return mine;
  }

  /** @throws BrokerError */
  async #read(): Promise<void> {
    const { rest, brokerNow, deps } = this.#options;
    const beganAt = brokerNow();
    const since = Math.min(this.#unreadSince, beganAt);
    // Whoever subscribes meanwhile may ask for more.
    this.#unreadSince = Number.POSITIVE_INFINITY;
    const activities: WireActivity[] = [];
    try {
      for await (const page of pages(rest, Math.max(0, since - OVERLAP_MS))) activities.push(...page);
    } catch (error) {
      this.#unreadSince = Math.min(this.#unreadSince, since);
      throw error;
    }
    this.#unreadSince = Math.min(this.#unreadSince, beganAt);
    const { events, untold } = toAccountEvents(activities);
    for (const kind of untold) {
      if (this.#mentioned.has(kind)) continue;
      this.#mentioned.add(kind);
      deps.logger.info({ kind }, "Alpaca lists an activity of which nothing is told");
    }
    if (this.#tell(events)) this.#options.onNews();
    this.#forget(beganAt - HORIZON_MS - OVERLAP_MS);
  }

  /** @returns whether any of them was news to anybody. */
  #tell(events: readonly AccountEvent[]): boolean {
    let isNews = false;
    for (const event of events) {
      for (const subscriber of this.#subscribers) {
        const { since, told, callback } = subscriber;
        if (event.at < since || told.has(event.id)) continue;
        told.set(event.id, event.at);
        isNews = true;
        callSafely(callback, event, (err) => this.#options.deps.logger.error({ err }, "a subscriber's callback threw"));
      }
    }
    return isNews;
  }

  /** What is older is never read again. */
  #forget(before: number): void {
    for (const { told } of this.#subscribers) for (const [id, at] of told) if (at < before) told.delete(id);
  }
}

async function* pages(rest: TradingRest, after: number): AsyncGenerator<readonly WireActivity[]> {
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const rows = await rest.getNonTradeActivities({ after, ...(pageToken === undefined ? {} : { pageToken }) });
    const readable = rows.filter((row) => row !== null);
    yield readable;
    const last = readable.at(-1)?.id;
    if (rows.length < ACTIVITIES_A_PAGE || last === undefined || last === pageToken) return;
    pageToken = last;
  }
}
