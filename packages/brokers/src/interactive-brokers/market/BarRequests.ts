import type { CallOptions } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { ibRefusal } from "../ibRefusal.ts";

/** https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#historical-pacing-limitations */
const MOST_IN_TEN_MINUTES = 60;
const TEN_MINUTES_MS = 600_000;
const MOST_OF_A_CONTRACT = 5;
const CONTRACT_MS = 2_000;
const IDENTICAL_MS = 15_000;
/** Longer than that nobody waits for a chart. */
const LONGEST_WAIT_MS = 20_000;

interface Sent {
  readonly at: number;
  readonly symbol: string;
}

interface Asked<Answer> {
  /** When it was sent; infinity before that. */
  readonly asked: { readonly at: number };
  readonly answer: Promise<Answer>;
}

/**
 * Keeps requests for bars within Interactive Brokers' pacing rules: a violation is refused, and repeated ones cost the
 * session. An identical one within 15 s is not sent, but answered with what came.
 */
export class BarRequests<Answer> {
  readonly #deps: Pick<BrokerDeps, "clock">;
  readonly #answers = new Map<string, Asked<Answer>>();
  #sent: readonly Sent[] = [];

  constructor(deps: Pick<BrokerDeps, "clock">) {
    this.#deps = deps;
  }

  /**
   * @param key the same for the same request: who asks it meanwhile shares its answer, whoever stops waiting for it.
   * @throws BrokerError RATE_LIMIT_EXCEEDED where its turn would come too late
   */
  run(symbol: string, key: string, ask: () => Promise<Answer>, options: CallOptions = {}): Promise<Answer> {
    this.#forgetOld();
    let known = this.#answers.get(key);
    if (known === undefined) {
      const asked = { at: Number.POSITIVE_INFINITY };
      const answer = this.#turn(symbol).then(() => {
        asked.at = this.#now();
        return ask();
      });
      known = { asked, answer };
      this.#answers.set(key, known);
      // What failed is not an answer to the next one.
      answer.catch(() => this.#answers.delete(key));
    }
    return waitFor(INTERACTIVE_BROKERS, known.answer, options, "refused");
  }

  async #turn(symbol: string): Promise<void> {
    for (let waitMs = this.#waitMs(symbol); waitMs > 0; waitMs = this.#waitMs(symbol)) {
      if (waitMs > LONGEST_WAIT_MS) {
        const message = `Interactive Brokers: ${MOST_IN_TEN_MINUTES} requests for bars in ten minutes are spent; nothing was sent`;
        throw ibRefusal(BrokerErrorCode.RATE_LIMIT_EXCEEDED, message, { retryAfterMs: Math.ceil(waitMs) });
      }
      await this.#deps.clock.sleep(waitMs);
    }
    this.#sent = [...this.#sent, { at: this.#now(), symbol }];
  }

  #waitMs(symbol: string): number {
    const now = this.#now();
    this.#sent = this.#sent.filter(({ at }) => now - at < TEN_MINUTES_MS);
    const ofContract = this.#sent.filter((each) => each.symbol === symbol);
    return Math.max(
      waitMsFor(this.#sent, MOST_IN_TEN_MINUTES, TEN_MINUTES_MS, now),
      waitMsFor(ofContract, MOST_OF_A_CONTRACT, CONTRACT_MS, now),
    );
  }

  #forgetOld(): void {
    const now = this.#now();
    for (const [key, { asked }] of this.#answers) if (now - asked.at >= IDENTICAL_MS) this.#answers.delete(key);
  }

  #now(): number {
    return this.#deps.clock.monotonic();
  }
}

/** How long until one more keeps to `most` in any `windowMs`. */
function waitMsFor(sent: readonly Sent[], most: number, windowMs: number, now: number): number {
  const first = sent.at(-most);
  return first === undefined ? 0 : first.at + windowMs - now;
}
