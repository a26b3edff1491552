import type { Fill, Order, OrderId } from "@trenddojo/brokers/domain";
import type { OrderRow, Tx } from "@trenddojo/db";
import type { InFlight } from "../orders/InFlight.ts";
import type { OrderJournal, OrderRecorder } from "../orders/OrderJournal.ts";
import { BEHIND_MS, type AwaitedUpdates } from "./AwaitedUpdates.ts";
import type { DriftLedger } from "./DriftLedger.ts";
import { driftOfStep, evidenceOf, stateText, type Told } from "./driftOfStep.ts";
import { causeOf, type Gap } from "./Gap.ts";

export interface FindingParts {
  readonly ledger: DriftLedger;
  readonly journal: OrderJournal;
  readonly inFlight: InFlight;
  /** What kept the desk from hearing; null where nothing is known to have. */
  readonly gap: Gap | null;
  /** When the broker was asked, our clock. */
  readonly askedAt: number;
  /** The broker's clock. */
  readonly brokerNow: number;
  /** Updates of these, by the broker's ids, were pushed before the question and wait behind it. */
  readonly arriving: ReadonlySet<string>;
  /** What happened so lately that its update may still come. */
  readonly awaited: AwaitedUpdates;
  /** A step was decided on what the broker said. */
  readonly onStep?: () => void;
}

/** One look at the broker's books: what it finds goes into the ledger with the change that settles it. */
export class Finding {
  readonly #parts: FindingParts;
  /** Open differences that were seen again, as `kind subject`. */
  readonly #seen = new Set<string>();

  constructor(parts: FindingParts) {
    this.#parts = parts;
  }

  get ledger(): DriftLedger {
    return this.#parts.ledger;
  }

  /** Writes the steps that are decided on what the broker said, each with its difference in the same commit. */
  hearing(told: Told): OrderRecorder {
    return {
      record: (orderId, decide) =>
        this.#parts.journal.record(orderId, async (row, tx) => {
          const step = await decide(row, tx);
          if (step !== null) this.#parts.onStep?.();
          const facts = step === null ? null : driftOfStep(row, step, told);
          if (facts !== null && !this.#isLive(row, told)) await this.#write(tx, row, facts, told);
          return step;
        }),
    };
  }

  /** An order that nobody here placed was stored. */
  async adopted(tx: Tx, row: OrderRow, order: Order): Promise<void> {
    const { gap, ledger } = this.#parts;
    await ledger.settled(tx, {
      kind: "external_order",
      subject: row.id,
      symbol: row.symbol,
      action: "adopted",
      here: "No such order",
      there: `${order.status}, ${order.filledQuantity} of ${order.quantity} filled`,
      cause: `Placed elsewhere: no order here has its ids${gap === null ? "" : `. ${causeOf(gap)}`}`,
      evidence: this.#evidence(order),
    });
  }

  /** The broker, asked for it, does not know an order that may be or is there. */
  async missing(tx: Tx, row: OrderRow, alert: string | null): Promise<void> {
    const isUnknown = row.state === "SENDING" || row.state === "UNKNOWN";
    const kind = isUnknown ? "unknown_order" : "missing_order";
    this.#seen.add(`${kind} ${row.id}`);
    await this.#parts.ledger.open(
      tx,
      {
        kind,
        subject: row.id,
        symbol: row.symbol,
        action: "asked",
        here: stateText(row),
        there: "Not known",
        cause: isUnknown ? (row.reason?.message ?? "Its answer was lost") : causeOf(this.#parts.gap),
        evidence: this.#evidence(null),
      },
      alert,
    );
  }

  /** Whether an open difference was not found again, though it was looked for. */
  isOver({ kind, subject }: { readonly kind: string; readonly subject: string }, told: ReadonlySet<OrderId>): boolean {
    if (this.#seen.has(`${kind} ${subject}`)) return false;
    if (kind === "unknown_order" || kind === "missing_order") return true;
    return kind === "order_state" && [...told].some((id) => id === subject);
  }

  async #write(tx: Tx, row: OrderRow, facts: NonNullable<ReturnType<typeof driftOfStep>>, told: Told): Promise<void> {
    const { ledger, gap } = this.#parts;
    // Of one order there may be several executions; each is a difference of its own.
    const wasLost = facts.kind === "unknown_order" ? row.reason?.message : undefined;
    const found = {
      ...facts,
      subject: row.id,
      symbol: row.symbol,
      cause: wasLost ?? causeOf(gap),
      evidence: this.#evidence(told),
    };
    if (facts.action !== "asked") {
      if (told === null || this.#isLate(told)) await ledger.settled(tx, found);
      else this.#parts.awaited.add(told.orderId, found);
      return;
    }
    this.#seen.add(`${facts.kind} ${row.id}`);
    await ledger.open(tx, found, `${row.symbol}: the broker says ${facts.there}, which contradicts ${facts.here} here`);
  }

  /** Its own answer or update is here and waits for its turn: that nobody told it cannot be said. */
  #isLive(row: OrderRow, told: Told): boolean {
    const { inFlight, gap, arriving } = this.#parts;
    if (inFlight.has(row.leaderId ?? row.id)) return true;
    return gap === null && told !== null && arriving.has(told.orderId);
  }

  /** An update would have told it by now. */
  #isLate(told: Order | Fill): boolean {
    const { gap, brokerNow } = this.#parts;
    if (gap !== null) return true;
    return brokerNow - ("executionId" in told ? told.filledAt : told.updatedAt) >= BEHIND_MS;
  }

  #evidence(told: Told): Record<string, unknown> {
    const { askedAt, gap } = this.#parts;
    return { askedAt: new Date(askedAt).toISOString(), gap, ...evidenceOf(told) };
  }
}
