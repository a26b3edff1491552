import type { Clock, UserId } from "@trenddojo/brokers/domain";
import { Tally } from "../lib/Tally.ts";

/**
 * Which users' trading is being halted, and when it was last, as far as this process knows: what was claimed before the
 * switch was stored and still waits for its turn is held back in the instant in which it would go.
 */
export class LastHalts {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #underWay = new Tally<UserId>();
  readonly #at = new Map<UserId, number>();

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  /** The switch is on its way into the store, until the disposal: it may be there at any moment in between. */
  begin(userId: UserId): Disposable {
    const end = this.#underWay.add(userId);
    return {
      [Symbol.dispose]: () => {
        end();
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
    return this.#underWay.of(userId) > 0 || (this.#at.get(userId) ?? -Infinity) >= askedAt;
  }
}
