import type { Fixed } from "../../domain/decimal.ts";
import type { MoneyEvent } from "./MoneyEvent.ts";
import { isTold, type ToldMoneyEvent } from "./toAccountEvent.ts";

/** What happened longer ago than so many events is only in the journal. */
const KEPT_EVENTS = 500;

/** A dividend that was earned or is owed and not paid yet. */
export interface Payable {
  readonly actionId: string;
  readonly symbol: string;
  /** Negative where a short position owes it. */
  readonly amount: Fixed;
  /** Epoch milliseconds. */
  readonly payAt: number;
}

/** An account's equity is below its maintenance margin. */
export interface MarginCallState {
  /** Market time at which it was seen, epoch milliseconds. */
  readonly since: number;
}

/** What happened to an account's money, for those who ask afterwards. */
export interface MoneyHistory {
  /** Corporate actions that were applied, by id. */
  readonly actionIds: ReadonlySet<string>;
  /** What its owner hears of: the newest 500, oldest first. */
  readonly told: readonly ToldMoneyEvent[];
}

/** What an account holds besides cash and shares. Only `AccountState` and the fold of money events change it. */
export class MoneyState implements MoneyHistory {
  /** Dividends earned less those owed by shorts, since the account was opened; counted on the ex-date. */
  dividends: Fixed = 0n;
  /** Paid since the account was opened. */
  borrowFees: Fixed = 0n;
  marginCall: MarginCallState | null = null;
  readonly actionIds = new Set<string>();
  /** Proceeds of sales by the instant at which they settle, epoch milliseconds. */
  readonly unsettled = new Map<number, Fixed>();
  #payables: readonly Payable[] = [];
  #told: readonly ToldMoneyEvent[] = [];
  #receivable: Fixed = 0n;
  #owed: Fixed = 0n;

  /** Soonest first, then in the order of their ex-dates. */
  get payables(): readonly Payable[] {
    return this.#payables;
  }

  /** Dividends that are still to come, above zero. */
  get receivable(): Fixed {
    return this.#receivable;
  }

  /** Dividends that are still to come and to be paid, net. */
  get accrued(): Fixed {
    return this.#receivable - this.#owed;
  }

  get told(): readonly ToldMoneyEvent[] {
    return this.#told;
  }

  /** Keeps what the account's owner hears of. */
  remember(event: MoneyEvent): void {
    if (isTold(event)) this.#told = [...this.#told.slice(1 - KEPT_EVENTS), event];
  }

  addPayable(payable: Payable): void {
    this.#setPayables([...this.#payables, payable].toSorted((a, b) => a.payAt - b.payAt));
  }

  removePayable(actionId: string): Payable | undefined {
    const paid = this.#payables.find((each) => each.actionId === actionId);
    this.#setPayables(this.#payables.filter((each) => each !== paid));
    return paid;
  }

  /** Proceeds of a sale; what settled by `at` is forgotten. */
  addProceeds(settlesAt: number, amount: Fixed, at: number): void {
    for (const instant of this.unsettled.keys()) if (instant <= at) this.unsettled.delete(instant);
    if (settlesAt > at) this.unsettled.set(settlesAt, (this.unsettled.get(settlesAt) ?? 0n) + amount);
  }

  /** Proceeds of sales that are in cash and not settled at `at`. */
  unsettledAt(at: number): Fixed {
    let sum = 0n;
    for (const [settlesAt, amount] of this.unsettled) if (settlesAt > at) sum += amount;
    return sum;
  }

  /** When the next proceeds settle after `at`; undefined where none are due. */
  nextSettlementAfter(at: number): number | undefined {
    const due = [...this.unsettled.keys()].filter((settlesAt) => settlesAt > at);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  #setPayables(payables: readonly Payable[]): void {
    this.#payables = payables;
    this.#receivable = 0n;
    this.#owed = 0n;
    for (const { amount } of payables) {
      if (amount > 0n) this.#receivable += amount;
      else this.#owed -= amount;
    }
  }
}
