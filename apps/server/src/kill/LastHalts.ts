import type { Clock, UserId } from "@trenddojo/brokers/domain";

/**
 * Which users' trading is being halted, and when it was last, as far as this process knows: what was claimed before the
 * switch was stored and still waits for its turn is held back in the instant in which it would go.
 */
export class LastHalts {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #underWay = new Map<UserId, number>();
  readonly #at = new Map<UserId, number>();

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  /** The switch is on its way into the store, until the disposal: it may be there at any moment in between. */
  begin(userId: UserId): Disposable {
    this.#count(userId, 1);
    return {
      [Symbol.dispose]: () => {
        this.#count(userId, -1);
        this.found(userId);
      },
    };
  }

  /** The switch is in the store. */
  found(userId: UserId): void {
    this.#at.set(userId, this.#clock.monotonic());
  }

  /**
   * Whether what was asked for then has to stay here.
   * @param askedAt monotonic milliseconds of the same clock; one instant does not say which of two came first
   */
  holdsBack(userId: UserId, askedAt: number): boolean {
    return this.#underWay.has(userId) || (this.#at.get(userId) ?? -Infinity) >= askedAt;
  }

  #count(userId: UserId, by: 1 | -1): void {
    const count = (this.#underWay.get(userId) ?? 0) + by;
    if (count > 0) this.#underWay.set(userId, count);
    else this.#underWay.delete(userId);
  }
}
