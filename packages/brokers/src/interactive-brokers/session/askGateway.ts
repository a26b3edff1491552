import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import type { BrokerError } from "../../BrokerError.ts";
import { throwIfAborted } from "../../brokerCall.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import { isWarning, toBrokerError } from "../IBErrors.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { Gateway, Question } from "./Gateway.ts";
import type { GatewayFault } from "./GatewayState.ts";

const ANSWER_MS: Readonly<Record<Urgency, number>> = {
  cancel: 8_000,
  reduce: 8_000,
  lookup: 8_000,
  order: 8_000,
  read: 8_000,
  history: 30_000,
};

/** What asking needs of a gateway. */
export type Askable = Pick<Gateway, "clock" | "send" | "on" | "nextRequestId"> & {
  /** Hears the end of the session. */
  readonly onLost: (listener: (fault: GatewayFault) => void) => Unsubscribe;
};

/**
 * How many answers of a lane are still to come, though nobody waits for them any more. They have no id: the next question
 * would take the end of such a list for its own, and the half of it that it heard for the whole.
 */
export interface LaneDebt {
  owed: number;
}

/**
 * Asks one question and waits for its answer; it ends in any case: answered, refused, out of time, given up by its caller, or
 * with its session (H9).
 * @param debt of its lane
 */
export async function askGateway<Result>(
  gateway: Askable,
  question: Question<Result>,
  debt: LaneDebt = { owed: 0 },
): Promise<Result> {
  const { urgency, write, listen, cancel, options = {}, timeoutMs = ANSWER_MS[urgency] } = question;
  const { what } = question;
  throwIfAborted(INTERACTIVE_BROKERS, options);
  const requestId = gateway.nextRequestId();
  let resolve: (result: Result) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const answer = new Promise<Result>((onAnswer, onFailure) => {
    resolve = onAnswer;
    reject = onFailure;
  });
  const ends: Unsubscribe[] = [];
  /** What the question itself hears. */
  let heard: Unsubscribe[] = [];
  let hasSkipped = false;
  let isWritten = false;
  let isOver = false;
  const end = (settle: () => void): void => {
    if (isOver) return;
    isOver = true;
    for (const letGo of [...heard, ...ends]) letGo();
    settle();
  };
  const fail = (error: BrokerError): void => end(() => reject(error));
  /** Nobody waits for the answer any more. */
  const giveUp = (error: BrokerError): void => {
    const isAsked = isWritten && !isOver;
    fail(error);
    // Of an answer that was skipped and its own, one did not come: it is not waited for again.
    if (isAsked) debt.owed = hasSkipped ? 0 : debt.owed + 1;
    if (!isAsked || cancel === undefined) return;
    // What it would have told, nobody hears; that it could not be taken back costs nothing.
    gateway.send({ urgency, write: (calls) => cancel(calls, requestId) }).catch(() => undefined);
  };
  const begin = (): void => {
    for (const letGo of heard) letGo();
    heard = [];
    listen({
      requestId,
      on: (name, listener) => void heard.push(gateway.on(name, listener)),
      end: (result) => {
        if (debt.owed === 0 || isOver) return end(() => resolve(result));
        debt.owed -= 1;
        hasSkipped = true;
        begin();
      },
      fail,
    });
  };
  begin();
  ends.push(
    // After what the question hears itself: an error may be its answer.
    gateway.on("error", (error) => {
      if (error.id === requestId && !isWarning(error.code)) fail(toBrokerError(error, what));
    }),
    gateway.onLost(() => fail(ibRefusal(BrokerErrorCode.CONNECTION_FAILED, `${what}: the gateway was lost meanwhile`))),
    hearAbort(options, () => giveUp(ibRefusal(BrokerErrorCode.TIMEOUT, `${what}: the caller stopped waiting`))),
  );
  const sent = gateway.send({
    urgency,
    options,
    refusal: () => (isOver ? ibRefusal(BrokerErrorCode.TIMEOUT, `${what}: it is not asked any more`) : null),
    write: (calls) => {
      write(calls, requestId);
      isWritten = true;
      const late = (): void =>
        giveUp(
          ibRefusal(BrokerErrorCode.TIMEOUT, `${what}: Interactive Brokers did not answer`, { waitedMs: timeoutMs }),
        );
      const timer = gateway.clock.setTimer(timeoutMs, late);
      ends.push(() => timer[Symbol.dispose]());
    },
  });
  sent.catch((error: unknown) => end(() => reject(error)));
  return answer;
}

function hearAbort({ signal }: CallOptions, abort: () => void): Unsubscribe {
  if (signal === undefined) return () => undefined;
  signal.addEventListener("abort", abort, { once: true });
  return () => signal.removeEventListener("abort", abort);
}
