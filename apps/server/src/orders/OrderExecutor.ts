import { BrokerError, placeIntent, unsent, unsentReason, type OrderSender } from "@trenddojo/brokers";
import type { AccountId, Clock, OrderId, OrderResponse } from "@trenddojo/brokers/domain";
import { orders, type ClaimedOrder, type Db, type OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import { Latch } from "../lib/Latch.ts";
import type { LastHalts } from "../kill/LastHalts.ts";
import { LoopWatch } from "../lib/LoopWatch.ts";
import type { SerialQueue } from "../lib/SerialQueue.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import type { Lease } from "./ConnectionLease.ts";
import { lapseDisarmed } from "./expireIntent.ts";
import type { FailPoint } from "./FailPoint.ts";
import type { InFlight } from "./InFlight.ts";
import type { OrderJournal } from "./OrderJournal.ts";
import { storedOrder } from "./storedOrder.ts";
import { nameLegs, takenStep } from "./takenOrder.ts";
import { toOrderRequest } from "./toOrderRequest.ts";
import { refusedStep } from "./refusedStep.ts";

/** After this without an answer the outcome of a send is unknown. */
const SEND_TIMEOUT_MS = 10_000;
/** What was claimed before the process stood still for so long is not sent: the world may have gone on. */
const STALL_MS = 1_000;
/** The first and two more, where the broker takes an id once. */
const MOST_SENDS = 3;

/** A claim on its way to the wire, and when it was asked for: monotonic milliseconds. */
interface Claim extends ClaimedOrder {
  readonly askedAt: number;
}

interface Losing {
  /** When it was given to the client, epoch milliseconds. */
  readonly sentAt?: number;
  /** Only where it was claimed under this epoch of the lease. */
  readonly ifClaimedAt?: number;
}

type Answer =
  | { readonly kind: "taken"; readonly response: OrderResponse }
  | { readonly kind: "refused"; readonly error: BrokerError }
  | { readonly kind: "unknown"; readonly error: unknown };

export interface OrderExecutorParts {
  readonly accountId: AccountId;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly journal: OrderJournal;
  readonly lease: Lease;
  /** The account's queue: answers are booked in line with the broker's updates. */
  readonly updates: SerialQueue;
  readonly inFlight: InFlight;
  /** The client, while orders may go; null while it is away or being reconciled. */
  readonly client: () => OrderSender | null;
  /** Whether orders of the account may go at all: real money may be disarmed at any moment. */
  readonly mayTrade: () => boolean;
  readonly lastHalts: LastHalts;
  /** The broker never takes a client order id twice, so what was lost may be sent again under it. */
  readonly resends: boolean;
  /** An order became UNKNOWN: look for it. */
  readonly onUnknown: () => void;
  readonly failPoint: FailPoint;
}

/**
 * The owner's half of an order's way: claims each intent once (TX2), writes it to the wire in the same tick, and books
 * the answer (TX3). What was lost and is not found goes again under its id, where that cannot double it. Orders go out in the order they were placed; answers are not waited for in between.
 */
export class OrderExecutor {
  readonly #parts: OrderExecutorParts;
  readonly #awake = new Latch(true);
  readonly #sends: TaskSet;
  #watch: LoopWatch | null = null;
  /** Claimed here, and not given to the wire or up yet: each claim is good for one send. */
  readonly #unsent = new Set<OrderId>();
  /** Intents that were named, in the order of their commits; meaningless where all that is stored must be looked at. */
  #told: OrderId[] = [];
  #mustLook = true;
  /** Claimed here, until what became of it is booked. */
  readonly #underWay = new Set<OrderId>();
  /** Of a claim whose commit was not answered, or that found nothing to claim: only the stored order says whether it was made. */
  readonly #doubted = new Set<OrderId>();
  /** Looked for in vain since their last send. */
  readonly #lost = new Set<OrderId>();

  constructor(parts: OrderExecutorParts) {
    this.#parts = parts;
    this.#sends = new TaskSet(parts.log);
  }

  /** There are intents to claim: the one that was just committed or, where none is named, whatever is stored. */
  wake(intent?: OrderId): void {
    if (intent === undefined) this.#mustLook = true;
    else this.#told.push(intent);
    this.#awake.set();
  }

  /**
   * Takes an order of unknown outcome that its broker, asked just now, does not know: it is sent again, under the same id,
   * at most twice and only while it is valid. @returns whether it may go; if not, it stays as it is.
   */
  sendAgain({ id, attempt, validUntil }: Pick<OrderRow, "id" | "attempt" | "validUntil">): boolean {
    const { resends, clock } = this.#parts;
    if (!resends || attempt >= MOST_SENDS || validUntil <= clock.now()) return false;
    this.#lost.add(id);
    this.wake();
    return true;
  }

  /** Works until `signal` aborts, then waits for the answers under way. */
  async run(signal: AbortSignal): Promise<void> {
    using watch = new LoopWatch(this.#parts.clock, STALL_MS);
    this.#watch = watch;
    while (await this.#awake.wait(signal)) {
      try {
        await this.#drain(signal);
      } catch (err) {
        this.#mustLook = true;
        // The intents stay; the next wake-up or the poll comes back to them.
        this.#parts.log.error({ err }, "intents could not be claimed");
      }
    }
    await this.#sends.idle();
  }

  async #drain(signal: AbortSignal): Promise<void> {
    const { failPoint } = this.#parts;
    const canSend = () => !signal.aborted && this.#parts.client() !== null && this.#parts.lease.isHeld();
    for (const orderId of this.#doubted) await this.#settleDoubt(orderId);
    for (const orderId of this.#lost) {
      if (!canSend()) return;
      this.#lost.delete(orderId);
      await this.#take(orderId, (tx, claim) => orders.claimForResending(tx, { ...claim, sends: MOST_SENDS }));
    }
    for (const orderId of await this.#intents()) {
      failPoint("C5");
      if (!canSend()) {
        this.#mustLook = true;
        return;
      }
      await this.#take(orderId, orders.claimForSending);
    }
  }

  /** Those to claim, in the order in which they were placed. */
  async #intents(): Promise<readonly OrderId[]> {
    const { db, accountId, clock } = this.#parts;
    const told = this.#told;
    this.#told = [];
    if (!this.#mustLook) return told;
    this.#mustLook = false;
    const stored = await orders.listIntents(db, clock.now(), accountId);
    return stored.map(({ id }) => id);
  }

  /** Claims an order and sends it; nothing happens where it is not ours to send (any more). */
  async #take(orderId: OrderId, claim: typeof orders.claimForSending): Promise<void> {
    // It is on its way already: another claim finds nothing.
    if (this.#underWay.has(orderId)) return;
    this.#doubted.add(orderId);
    let claimed: Claim | null = null;
    try {
      claimed = await this.#claim(orderId, claim);
    } catch (error) {
      await this.#settleDoubt(orderId);
      throw error;
    }
    if (claimed === null) {
      await this.#settleDoubt(orderId);
      if (!this.#parts.mayTrade()) await lapseDisarmed(this.#parts.journal, orderId);
      return;
    }
    this.#doubted.delete(orderId);
    this.#underWay.add(orderId);
    const sent = this.#send(claimed).finally(() => this.#underWay.delete(orderId));
    this.#sends.add(`send ${orderId}`, sent);
  }

  /**
   * An order that stands as SENDING by our lease though nothing here sends it was claimed by a commit whose answer was lost:
   * nothing was written to the wire for it, and from now on nothing will be, so it is looked for at once. The lock waits for a
   * commit that is still under way. Anything else is left as it stands. @throws where it cannot be read; it stays in doubt
   */
  async #settleDoubt(orderId: OrderId): Promise<void> {
    const { lease } = this.#parts;
    const message = "The answer to its claim was lost. Looking for it at the broker";
    await this.#lose(orderId, "OUTCOME_UNKNOWN", message, { ifClaimedAt: lease.epoch });
    this.#doubted.delete(orderId);
  }

  /** TX2. */
  async #claim(orderId: OrderId, claim: typeof orders.claimForSending): Promise<Claim | null> {
    const { clock, journal, lease, failPoint, mayTrade } = this.#parts;
    const askedAt = clock.monotonic();
    const claimed = await journal.commit(orderId, async ({ tx, tell }) => {
      // It may have waited for its turn in a transaction of others.
      if (!mayTrade() || !lease.isHeld()) return null;
      const taken = await claim(tx, { orderId, now: clock.now(), epoch: lease.epoch });
      if (taken === null) return null;
      const message = taken.order.attempt > 1 ? "Sending to the broker again" : "Sending to the broker";
      const step = { message, action: "order.sending", userId: null };
      for (const row of [taken.order, ...taken.legs]) tell(row, step);
      failPoint("C6");
      return taken;
    });
    if (claimed === null) return null;
    failPoint("C7");
    this.#unsent.add(orderId);
    journal.announce(claimed.order.userId);
    return { ...claimed, askedAt };
  }

  /** One request for an order and its legs. Nothing may be awaited between the last checks and the write. */
  async #send({ order, legs, askedAt }: Claim): Promise<void> {
    const { clock, inFlight, updates } = this.#parts;
    const broker = this.#mayWrite(order, askedAt);
    if (typeof broker === "string") {
      await updates.run(() => this.#lose(order.id, "OUTCOME_UNKNOWN", broker));
      return;
    }
    const sentAt = clock.now();
    using _underWay = inFlight.beginPlacing(order.id, sentAt);
    const answer = await this.#ask(broker, { order, legs, askedAt });
    await updates.run(() => this.#settle(order, answer, sentAt));
  }

  /** The last look before the wire. @returns the client, or why nothing is written */
  #mayWrite({ id, validUntil }: OrderRow, askedAt: number): OrderSender | string {
    const { clock, lease, client, mayTrade } = this.#parts;
    const broker = client();
    const isClaimed = this.#unsent.delete(id);
    if (broker === null || !lease.isHeld() || !isClaimed) return "The connection was lost before it was sent";
    if (!mayTrade()) return "Live trading was disarmed before it was sent";
    if (this.#watch?.hasStalledSince(askedAt) !== false) return "The desk stood still before it was sent";
    return clock.now() < validUntil ? broker : "Its time ran out before it was sent";
  }

  /** What happened since the claim that holds it back; asked again where the client made it wait for its turn. */
  #heldBack({ userId }: OrderRow, askedAt: number): string | null {
    const { lease, mayTrade, lastHalts } = this.#parts;
    if (lastHalts.holdsBack(userId, askedAt)) return "trading was halted";
    if (!mayTrade()) return "live trading was disarmed";
    if (!lease.isHeld()) return "another desk has the connection";
    return this.#watch?.hasStalledSince(askedAt) === false ? null : "the desk stood still";
  }

  async #ask(broker: OrderSender, { order, legs, askedAt }: Claim): Promise<Answer> {
    const { clock } = this.#parts;
    const refusal = (): BrokerError | null => {
      const why = this.#heldBack(order, askedAt);
      return why === null ? null : unsent("the desk", "held_back", why);
    };
    const barred = refusal();
    if (barred !== null) return { kind: "refused", error: barred };
    try {
      const intent = { mode: order.mode, request: toOrderRequest(storedOrder(order, legs)) };
      const send = (signal: AbortSignal) => placeIntent(broker, intent, { signal, sendBy: order.validUntil, refusal });
      return { kind: "taken", response: await withTimeout(clock, SEND_TIMEOUT_MS, send) };
    } catch (error) {
      // "Must be unique" means that the first one landed: it is looked up and adopted, never refused.
      const isRefusal = error instanceof BrokerError && error.outcome === "refused" && error.code !== "DUPLICATE_ORDER";
      return isRefusal ? { kind: "refused", error } : { kind: "unknown", error };
    }
  }

  /** TX3. */
  async #settle({ id: orderId, attempt }: OrderRow, answer: Answer, sentAt: number): Promise<void> {
    const { journal, clock, failPoint } = this.#parts;
    failPoint("C10");
    switch (answer.kind) {
      case "taken": {
        const { response } = answer;
        await journal.record(orderId, (row) => takenStep(row, response, { sentAt, now: clock.now() }));
        failPoint("C11");
        await nameLegs(this.#parts, orderId, response);
        return;
      }
      case "refused": {
        const { code, message } = answer.error;
        const isUnsent = unsentReason(answer.error) !== null;
        // The first one may yet arrive: what became of the second says nothing of it.
        if (attempt > 1 && isUnsent) return this.#lose(orderId, code, `Not sent again: ${message}`);
        if (attempt > 1) return this.#lose(orderId, code, `Refused when it was sent again: ${message}`, { sentAt });
        await journal.record(orderId, () => refusedStep(answer.error, sentAt));
        failPoint("C11");
        return;
      }
      case "unknown": {
        const { error } = answer;
        this.#parts.log.warn({ err: error, orderId }, "an order's outcome is unknown");
        const code = error instanceof BrokerError ? error.code : "OUTCOME_UNKNOWN";
        const why = error instanceof BrokerError ? error.message : "the broker's answer could not be read";
        await this.#lose(orderId, code, `No answer: ${why}. Looking for it at the broker`, { sentAt });
        return;
      }
    }
  }

  async #lose(orderId: OrderId, code: string, message: string, { sentAt, ifClaimedAt }: Losing = {}): Promise<void> {
    let isLost = false;
    const row = await this.#parts.journal.record(orderId, ({ state, ownerEpoch }) => {
      isLost = state === "SENDING" && (ifClaimedAt === undefined || ownerEpoch === ifClaimedAt);
      if (!isLost) return null;
      const changes = { reason: { code, message, params: {} }, ...(sentAt === undefined ? {} : { sentAt }) };
      return { event: "lose", message, action: "order.unknown", userId: null, changes };
    });
    // What was lost before is being looked for.
    if (isLost && row?.state === "UNKNOWN") this.#parts.onUnknown();
  }
}
