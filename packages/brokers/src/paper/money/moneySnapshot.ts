import { money, parseFixed, type Money } from "../../domain/decimal.ts";
import type { MarginCallState, MoneyState } from "./MoneyState.ts";
import type { ToldMoneyEvent } from "./toAccountEvent.ts";

/** A `MoneyState` as JSON; instants in epoch milliseconds. */
export interface MoneySnapshot {
  readonly dividends: Money;
  readonly borrowFees: Money;
  readonly marginCall: MarginCallState | null;
  /** In the order in which they were applied. */
  readonly actionIds: readonly string[];
  readonly unsettled: readonly { readonly settlesAt: number; readonly amount: Money }[];
  readonly payables: readonly {
    readonly actionId: string;
    readonly symbol: string;
    readonly amount: Money;
    readonly payAt: number;
  }[];
  /** What the owner hears of, oldest first; absent in snapshots of before it was kept. */
  readonly told?: readonly ToldMoneyEvent[];
}

export function snapshotMoney(state: MoneyState): MoneySnapshot {
  return {
    dividends: money(state.dividends),
    borrowFees: money(state.borrowFees),
    marginCall: state.marginCall,
    actionIds: [...state.actionIds],
    unsettled: Array.from(state.unsettled, ([settlesAt, amount]) => ({ settlesAt, amount: money(amount) })),
    payables: state.payables.map(({ actionId, symbol, amount, payAt }) => ({
      actionId,
      symbol,
      amount: money(amount),
      payAt,
    })),
    told: state.told,
  };
}

/** Puts a snapshot into a state that has just been created. @throws DecimalError */
export function restoreMoney(state: MoneyState, snapshot: MoneySnapshot): void {
  state.dividends = parseFixed(snapshot.dividends);
  state.borrowFees = parseFixed(snapshot.borrowFees);
  state.marginCall = snapshot.marginCall;
  for (const actionId of snapshot.actionIds) state.actionIds.add(actionId);
  for (const { settlesAt, amount } of snapshot.unsettled) state.unsettled.set(settlesAt, parseFixed(amount));
  for (const payable of snapshot.payables) state.addPayable({ ...payable, amount: parseFixed(payable.amount) });
  for (const event of snapshot.told ?? []) state.remember(event);
}
