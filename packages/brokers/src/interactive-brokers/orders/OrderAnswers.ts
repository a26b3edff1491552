import { BrokerError } from "../../BrokerError.ts";
import type { Clock } from "../../domain/Clock.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import type { ErrorAim } from "./orderErrors.ts";

/** Something that was written about an order, and what would answer it. */
export interface AwaitedAnswer {
  /** A cancel is refused with other codes than an order or its change. */
  readonly isCancel?: boolean;
  /** "the order", "its cancel": for the message. */
  readonly what: string;
  /** It is the order itself: what is asked of one that waits for its answer is asked later. */
  readonly isFirst?: boolean;
  /** The orders that it is about, by the ids that errors name. */
  readonly orderIds: readonly number[];
  /** Looked at after everything that is told. */
  readonly isAnswered: () => boolean;
  readonly signal?: AbortSignal;
}

interface Waiting extends AwaitedAnswer {
  readonly settle: (error: BrokerError | null) => void;
}

/** The desk waits longer; what is not answered by then is looked for. */
const ANSWER_MS = 8_000;

/** Waits for what the gateway says to what was written. Silence is no answer, and nothing is written again for it. */
export class OrderAnswers {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws BrokerError what `refuse` was given, or OUTCOME_UNKNOWN: no answer in time, or nobody waits for it any more. */
  async answer(awaited: AwaitedAnswer): Promise<void> {
    if (awaited.isAnswered()) return;
    const { what, signal } = awaited;
    await new Promise<void>((resolve, reject) => {
      const timer = this.#clock.setTimer(ANSWER_MS, () => waiting.settle(unknown(`${what} was not answered in time`)));
      const abandon = (): void => waiting.settle(unknown(`nobody waits for the answer to ${what} any more`));
      const waiting: Waiting = {
        ...awaited,
        settle: (error) => {
          this.#waiting.delete(waiting);
          timer[Symbol.dispose]();
          signal?.removeEventListener("abort", abandon);
          if (error === null) resolve();
          else reject(error);
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener("abort", abandon, { once: true });
      if (signal?.aborted === true) abandon();
    });
  }

  /** Something was told. */
  look(): void {
    for (const waiting of this.#waiting) if (waiting.isAnswered()) waiting.settle(null);
  }

  /**
   * What waits for an answer about this order, and what such an error can be about, was refused. Where that is more than
   * one thing nobody knows which: each of them is of unknown outcome, but for an order whose change is what was refused.
   * @returns false where nothing of the kind waits.
   */
  refuse(orderId: number, aim: ErrorAim, toError: (what: string) => BrokerError): boolean {
    const about = [...this.#waiting].filter(
      ({ orderIds, isCancel = false }) =>
        orderIds.includes(orderId) && (aim === "either" || isCancel === (aim === "cancel")),
    );
    const later = about.filter(({ isFirst = false }) => !isFirst);
    const [meant, ...others] = later.length > 0 ? later : about;
    if (meant === undefined) return false;
    if (others.length === 0) meant.settle(toError(meant.what));
    else for (const { what, settle } of [meant, ...others]) settle(unknown(`${what} or another request was refused`));
    return true;
  }

  /** The session is gone: what was written may have come there or not. */
  loseAll(): void {
    for (const { what, settle } of this.#waiting) {
      settle(unknown(`the connection was lost before ${what} was answered`));
    }
  }
}

function unknown(why: string): BrokerError {
  const message = `${why}: whether it took effect is not known yet`;
  return new BrokerError(message, BrokerErrorCode.OUTCOME_UNKNOWN, INTERACTIVE_BROKERS);
}
