import type { Clock } from "@trenddojo/brokers/domain";
import type { WebSocket } from "ws";
import type { Bucket } from "../auth/buckets.ts";
import { DeskError } from "../DeskError.ts";

/** "Policy violation" (RFC 6455 7.4.1). */
const CLOSED_BY_POLICY = 1008;
const MESSAGES: Bucket = { perSecond: 20, burst: 60 };
/** A client that comes back asks for all its streams in one message: as many as a socket may have, and its questions. */
const CALLS: Bucket = { perSecond: 100, burst: 400 };

/**
 * Closes a socket (1008) that sends more than 20 messages or 100 calls a second for longer than a burst of 60 and 400, and
 * hears no more of it: what it has sent already would be answered otherwise, call by call.
 */
export class SocketLimit {
  readonly #client: WebSocket;
  readonly #messages: (tokens: number) => boolean;
  readonly #calls: (tokens: number) => boolean;

  /** Counts each message from now on, before those who listen later. */
  constructor(client: WebSocket, clock: Clock) {
    this.#client = client;
    this.#messages = bucket(MESSAGES, clock);
    this.#calls = bucket(CALLS, clock);
    client.on("message", () => {
      if (!this.#messages(1)) this.#close("too many messages");
    });
  }

  /** The calls in a message. @throws DeskError TOO_MANY_REQUESTS once the socket is being closed */
  countCalls(calls: number): void {
    if (!this.#calls(calls)) this.#close("too many calls");
    if (this.#client.readyState !== this.#client.OPEN)
      throw new DeskError("TOO_MANY_REQUESTS", "This socket sent too much and is closed; open another one.");
  }

  #close(reason: string): void {
    this.#client.close(CLOSED_BY_POLICY, reason);
    this.#client.pause();
  }
}

/** @returns what takes tokens, and says whether there were enough */
function bucket({ perSecond, burst }: Bucket, clock: Clock): (tokens: number) => boolean {
  let level = burst;
  let at = clock.monotonic();
  return (tokens) => {
    const now = clock.monotonic();
    level = Math.min(burst, level + ((now - at) / 1000) * perSecond) - tokens;
    at = now;
    return level >= 0;
  };
}
