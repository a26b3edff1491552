import type { Clock, UserId } from "@trenddojo/brokers/domain";

/**
 * When each user's trading was halted last, as far as this process knows. It is told before the switch is stored, so that
 * what was claimed before and still waits for its turn is held back in the instant in which it would go.
 */
export class LastHalts {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #at = new Map<UserId, number>();

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  /** The user's trading is being halted now. */
  begin(userId: UserId): void {
    this.#at.set(userId, this.#clock.monotonic());
  }

  /** Whether one began after `since`, monotonic milliseconds of the same clock. */
  hasBegunSince(userId: UserId, since: number): boolean {
    return (this.#at.get(userId) ?? -Infinity) > since;
  }
}
