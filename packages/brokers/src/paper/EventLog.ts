import type { AccountState } from "./AccountState.ts";
import type { EventPlace } from "./orderEvents.ts";
import type { PaperEvent } from "./PaperEvent.ts";

const NO_EVENTS: readonly PaperEvent[] = [];
const nothing = (): void => undefined;

/** Numbers the events of one account and collects those of the call that is under way. */
export class EventLog {
  readonly #state: AccountState;
  readonly #onEvent: (event: PaperEvent) => void;
  #events: PaperEvent[] = [];

  /** `onEvent` hears of each event as soon as the account shows it. */
  constructor(state: AccountState, onEvent: (event: PaperEvent) => void = nothing) {
    this.#state = state;
    this.#onEvent = onEvent;
  }

  /** The number that the next event must carry. */
  get nextSequence(): number {
    return this.#state.sequence + 1;
  }

  /** The time that the next event must carry. */
  get now(): number {
    return this.#state.now;
  }

  /** Both. */
  get place(): EventPlace {
    return { seq: this.nextSequence, at: this.now };
  }

  emit(event: PaperEvent): void {
    this.#state.sequence = event.seq;
    this.#events.push(event);
    this.#onEvent(event);
  }

  /** What was collected since the last time. */
  take(): readonly PaperEvent[] {
    if (this.#events.length === 0) return NO_EVENTS;
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
