import { divide, max, money, multiply, price, quantity, type Fixed } from "../../domain/decimal.ts";
import { clientOrderId, executionId, venueOrderId } from "../../domain/ids.ts";
import type { Fill, OrderSide } from "../../domain/order.ts";
import { readExecutionId } from "./executionIds.ts";

/** One execution as the gateway told it last. */
export interface Execution {
  /** Its own id, with the revision. */
  readonly execId: string;
  /** Of its order, for the whole account. */
  readonly permId: number;
  /** What the order calls itself. */
  readonly clientOrderId: string;
  readonly conId: number;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly quantity: Fixed;
  readonly price: Fixed;
  /** Epoch milliseconds. */
  readonly filledAt: number;
}

interface Booked {
  execution: Execution;
  revision: number;
  /** Commission as the newest reading has it; null while none was told. */
  fees: Told | null;
  isTold: boolean;
  /** When it was heard of first, by the clock that the ledger is given. */
  readonly heardAt: number;
}

/** A commission, and the reading of the execution that it was told for. */
interface Told {
  readonly fees: Fixed;
  readonly revision: number;
}

/** Commissions that wait for their executions; those of the login's other accounts wait for ever. */
const MOST_EARLY = 1_000;

export type Heard = "new" | "corrected" | "known";

/**
 * Every execution once, whatever tells it and however often; a correction takes the place of what it corrects, under the
 * same id. Commissions are told apart, and may come first.
 */
export class ExecutionLedger {
  /** By what all readings of an execution have in common, in the order of hearing. */
  readonly #booked = new Map<string, Booked>();
  readonly #byOrder = new Map<number, Booked[]>();
  /** Commissions of executions that were not heard of yet, by what all readings have in common. */
  readonly #early = new Map<string, Told>();

  /** @param now any clock; `untold` measures by it. */
  book(execution: Execution, now: number): Heard {
    const { base, revision } = readExecutionId(execution.execId);
    const known = this.#booked.get(base);
    if (known !== undefined) {
      if (revision <= known.revision) return "known";
      known.execution = execution;
      known.revision = revision;
      return "corrected";
    }
    const booked = { execution, revision, fees: this.#early.get(base) ?? null, isTold: false, heardAt: now };
    this.#early.delete(base);
    this.#booked.set(base, booked);
    this.#byOrder.set(execution.permId, [...(this.#byOrder.get(execution.permId) ?? []), booked]);
    return "new";
  }

  /** @returns the order of the execution that it belongs to; undefined where that is not known, or nothing is new. */
  bookFees(execId: string, fees: Fixed): number | undefined {
    const { base, revision } = readExecutionId(execId);
    const known = this.#booked.get(base);
    const before = known === undefined ? this.#early.get(base) : known.fees;
    // What was told for an older reading comes again with the list, also after what corrected it.
    if (before !== undefined && before !== null && (revision < before.revision || fees === before.fees)) {
      return undefined;
    }
    const told = { fees, revision };
    if (known === undefined) {
      this.#keepEarly(base, told);
      return undefined;
    }
    known.fees = told;
    return known.execution.permId;
  }

  /** Shares of an order that its executions come to. */
  filled(permId: number): Fixed {
    return this.#of(permId).reduce((sum, { execution }) => sum + execution.quantity, 0n);
  }

  /** Shares of an order whose executions were told. */
  told(permId: number): Fixed {
    return this.#of(permId).reduce((sum, { execution, isTold }) => sum + (isTold ? execution.quantity : 0n), 0n);
  }

  /** Of all executions, or of those that were told; null without any. */
  average(permId: number, told = false): Fixed | null {
    const booked = this.#of(permId).filter(({ isTold }) => isTold || !told);
    const shares = booked.reduce((sum, { execution }) => sum + execution.quantity, 0n);
    const cost = booked.reduce(
      (sum, { execution: each }) => sum + multiply(each.quantity, each.price, "half_even"),
      0n,
    );
    return shares === 0n ? null : divide(cost, shares, "half_even");
  }

  /** When the newest execution of an order happened, epoch milliseconds; null without any. */
  lastAt(permId: number): number | null {
    const booked = this.#of(permId);
    return booked.length === 0 ? null : Math.max(...booked.map(({ execution }) => execution.filledAt));
  }

  /**
   * The oldest execution of an order that was not told, marked as told; null where none can be. One without its commission
   * waits, unless it was heard by `heardBefore`: its commission is then not waited for any more.
   */
  nextUntold(permId: number, heardBefore: number): Fill | null {
    for (const booked of this.#of(permId)) {
      if (booked.isTold) continue;
      if (booked.fees === null && booked.heardAt > heardBefore) return null;
      booked.isTold = true;
      if (isReal(booked)) return toFill(booked);
    }
    return null;
  }

  /** Orders of which an execution was not told yet. */
  untold(): readonly number[] {
    return [...this.#byOrder].flatMap(([permId, booked]) => (booked.some(({ isTold }) => !isTold) ? permId : []));
  }

  /** What happened before anyone listened is news to nobody. */
  markAllTold(): void {
    for (const booked of this.#booked.values()) booked.isTold = true;
  }

  /** All executions at or after `since`, epoch milliseconds, oldest first. */
  since(since: number): readonly Fill[] {
    return [...this.#booked.values()]
      .filter((booked) => booked.execution.filledAt >= since && isReal(booked))
      .toSorted((a, b) => a.execution.filledAt - b.execution.filledAt)
      .map(toFill);
  }

  /** All of them and their commissions, in the order of hearing. */
  executions(): readonly { readonly execution: Execution; readonly fees: Fixed | null }[] {
    return [...this.#booked.values()].map(({ execution, fees }) => ({ execution, fees: fees?.fees ?? null }));
  }

  /** Whoever forgets an order must not take its executions for news again. */
  forget(permId: number): void {
    for (const { execution } of this.#of(permId)) this.#booked.delete(readExecutionId(execution.execId).base);
    this.#byOrder.delete(permId);
  }

  #keepEarly(base: string, told: Told): void {
    this.#early.set(base, told);
    const [oldest] = this.#early.keys();
    if (this.#early.size > MOST_EARLY && oldest !== undefined) this.#early.delete(oldest);
  }

  #of(permId: number): readonly Booked[] {
    return this.#byOrder.get(permId) ?? [];
  }
}

/** One that was taken back comes as a correction to no shares. */
const isReal = ({ execution }: Pick<Booked, "execution">): boolean => execution.quantity > 0n;

function toFill({ execution, fees }: Pick<Booked, "execution" | "fees">): Fill {
  const { execId, permId, symbol, side } = execution;
  return {
    executionId: executionId(readExecutionId(execId).base),
    orderId: venueOrderId(String(permId)),
    clientOrderId: clientOrderId(execution.clientOrderId),
    symbol,
    side,
    quantity: quantity(execution.quantity),
    price: price(execution.price),
    // A rebate would be less than nothing.
    fees: money(max(0n, fees?.fees ?? 0n)),
    filledAt: execution.filledAt,
    reason: fees === null ? "Interactive Brokers has not told its commission yet" : null,
  };
}
