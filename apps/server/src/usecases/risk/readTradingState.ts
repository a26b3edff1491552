import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { subjects } from "../../streams/TickBus.ts";
import { watchState } from "../../streams/watchState.ts";
import { tradingStateView } from "../../risk/tradingStateView.ts";
import type { TradingStateView } from "../../wire/risk.ts";

/** Another process may change it: the command line does where a desk hangs. */
const LOOK_EVERY_MS = 5_000;

export function readTradingState(desk: Desk, actor: Actor): Promise<TradingStateView> {
  return tradingStateView(desk.db, actor.user.id);
}

/** At once, then after each change. */
export function watchTradingState(desk: Desk, actor: Actor, signal: AbortSignal): AsyncGenerator<TradingStateView> {
  return watchState({
    clock: desk.clock,
    signal,
    everyMs: LOOK_EVERY_MS,
    subscribe: (listener) => desk.bus.subscribe(subjects.tradingState(actor.user.id), listener),
    read: () => readTradingState(desk, actor),
    key: (view) => JSON.stringify(view),
  });
}
