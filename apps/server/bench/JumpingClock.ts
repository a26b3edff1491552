import { SystemClock } from "@trenddojo/brokers";

/** The machine's clock, which can be moved on: what waits for a minute to pass need not. */
export class JumpingClock extends SystemClock {
  #aheadMs = 0;

  override now(): number {
    return super.now() + this.#aheadMs;
  }

  override monotonic(): number {
    return super.monotonic() + this.#aheadMs;
  }

  jump(ms: number): void {
    this.#aheadMs += ms;
  }
}
