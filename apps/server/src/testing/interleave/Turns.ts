import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Clock } from "@trenddojo/brokers/domain";

/** Who goes next: everything that happens waits for its turn, and fast-check's scheduler gives the turns. */
export class Turns {
  readonly #scheduler: fc.Scheduler;
  readonly #trace: string[] = [];
  #acting = 0;

  /** The same seed gives the same turns to whoever asks for them in the same order. */
  constructor(seed: number) {
    const [scheduler] = fc.sample(fc.scheduler(), { seed, numRuns: 1 });
    if (scheduler === undefined) throw new Error("there is no scheduler");
    this.#scheduler = scheduler;
  }

  /** What happened, as 16 hexadecimal digits. */
  get hash(): string {
    return createHash("sha256").update(this.#trace.join("\n")).digest("hex").slice(0, 16);
  }

  get trace(): readonly string[] {
    return this.#trace;
  }

  get length(): number {
    return this.#trace.length;
  }

  /** Waits for a turn, then acts; nobody else has a turn until that is done. */
  async take<Result>(label: string, act: () => Result | Promise<Result>): Promise<Result> {
    await this.#scheduler.schedule(Promise.resolve(), label);
    this.note(label);
    this.#acting += 1;
    try {
      return await act();
    } finally {
      this.#acting -= 1;
    }
  }

  /** Lets so many turns of its own go by. */
  async wait(count: number, label: string): Promise<void> {
    for (let left = count; left > 0; left -= 1) await this.take(label, () => undefined);
  }

  note(what: string): void {
    this.#trace.push(what);
  }

  /** One turn, and all that follows of it without another. @returns whether somebody wanted one */
  async next(): Promise<boolean> {
    await this.#quiet();
    if (this.#scheduler.count() === 0) return false;
    await this.#scheduler.waitOne();
    await this.#quiet();
    return true;
  }

  /** Nobody acts, and every promise that can settle has. */
  async #quiet(): Promise<void> {
    for (let still = 0; still < 2; still += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#acting > 0) still = -1;
    }
  }
}

/** The life of a process: when it ends, nothing of it ever happens again. */
export interface Life {
  isOver: boolean;
}

const never = (): Promise<never> => new Promise<never>(() => undefined);

/** As `turns.take`, for somebody who may die while waiting, or before hearing of it. */
export async function takeIn<Result>(
  turns: Turns,
  life: Life,
  label: string,
  act: () => Result | Promise<Result>,
): Promise<Result> {
  if (life.isOver) return never();
  const result = await turns.take(label, async () => (life.isOver ? null : { of: await act() }));
  return result === null || life.isOver ? never() : result.of;
}

/** A clock that dies with the process. */
export function clockOf(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: async (ms, options) => {
      await clock.sleep(ms, options);
      if (life.isOver) await never();
    },
    setTimer: (ms, callback) =>
      clock.setTimer(ms, () => {
        if (!life.isOver) callback();
      }),
  };
}
