import { WebSocket } from "ws";
import { backoffMs } from "../../backoff.ts";
import type { BrokerError } from "../../BrokerError.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { STREAM_WAITS_MS, streamFault, type StreamFault } from "./streamFault.ts";

/** From the attempt to the end of the handshake. */
const HANDSHAKE_MS = 10_000;
/** Alpaca leaves it to us to see whether the other end is there. */
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** Far above any message of theirs. */
const FRAME_BYTES = 16 * 1024 * 1024;

const CLOSED = streamFault("the connection was closed", BrokerErrorCode.CONNECTION_FAILED);

/** One socket, while it is open. */
export interface StreamLink {
  send(message: string | Buffer): void;
  /** The handshake is done. */
  ready(): void;
  /** Ends this socket; another is tried later. */
  fail(fault: StreamFault): void;
}

/** What is said on a socket; each socket begins with `opened`. */
export interface StreamDialogue {
  opened(link: StreamLink): void;
  /** A frame as it came. What it throws is taken as a frame that cannot be read. */
  received(frame: Buffer, link: StreamLink): void;
}

export interface StreamConnectionOptions {
  /** "orders" or "prices", for the log. */
  readonly name: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly dialogue: StreamDialogue;
  readonly deps: BrokerDeps;
  readonly onReady: () => void;
  /** After `onReady`: whatever is told from here to the next `onReady` is lost. */
  readonly onLost: () => void;
}

/**
 * A WebSocket that comes back: for ever, with jittered waits that grow to a minute, and as long as the fault asks for.
 * It is ready once its dialogue says so. Nothing is resent or replayed: after each `onReady` its owner looks what was
 * missed.
 */
export class StreamConnection {
  readonly #options: StreamConnectionOptions;
  readonly #closing = new AbortController();
  #loop: Promise<void> | null = null;
  #link: StreamLink | null = null;
  #isReady = false;
  #lastHeardAt: number | null = null;
  #fault: StreamFault | null = null;
  #waking = new AbortController();
  /** On the monotonic clock. */
  #notBefore = 0;
  /** Wakes those who wait for the first ready or the next fault. */
  #waiting: ((fault: StreamFault | null) => void)[] = [];

  constructor(options: StreamConnectionOptions) {
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** When anything was heard last, epoch milliseconds of our clock: a message or a pong. */
  get lastHeardAt(): number | null {
    return this.#lastHeardAt;
  }

  /** Why it is not ready; null while it is, or before the first attempt ended. */
  get fault(): BrokerError | null {
    return this.#fault?.error ?? null;
  }

  /** Begins; does nothing where it has begun. @throws BrokerError the fault of the first attempt that fails; it goes on all the same. */
  async start(): Promise<void> {
    this.#loop ??= this.#run();
    if (this.#isReady) return;
    const fault = await new Promise<StreamFault | null>((resolve) => this.#waiting.push(resolve));
    if (fault !== null) throw fault.error;
  }

  /** Says something on the socket that is ready; false where none is. */
  send(message: string | Buffer): boolean {
    if (this.#link === null || !this.#isReady) return false;
    this.#link.send(message);
    return true;
  }

  /** Tries again at once. @returns false, and does nothing, while the fault asks for a wait. */
  hurry(): boolean {
    if (this.#options.deps.clock.monotonic() < this.#notBefore) return false;
    this.#waking.abort();
    return true;
  }

  /** Gives the socket up for a new one. */
  restart(fault: StreamFault): void {
    this.#link?.fail(fault);
  }

  /** Idempotent; resolves when no socket and no timer is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#link?.fail(CLOSED);
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { clock, random, logger } = this.#options.deps;
    const { signal } = this.#closing;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const { fault, wasReady } = await this.#connect();
      this.#fault = fault;
      this.#wake(fault);
      if (wasReady) {
        attempt = 0;
        this.#options.onLost();
      }
      if (signal.aborted) break;
      const waitMs = Math.max(backoffMs(attempt, random), fault.leastWaitMs);
      logger.warn(
        { stream: this.#options.name, code: fault.error.code, waitMs },
        `Alpaca's stream is down: ${fault.error.message}`,
      );
      this.#notBefore = clock.monotonic() + fault.leastWaitMs;
      this.#waking = new AbortController();
      await clock.sleep(waitMs, { signal: AbortSignal.any([signal, this.#waking.signal]) }).catch(() => undefined);
    }
    this.#wake(CLOSED);
  }

  /** One socket, from its opening to its end. */
  #connect(): Promise<{ readonly fault: StreamFault; readonly wasReady: boolean }> {
    const { url, headers = {}, dialogue, deps } = this.#options;
    return new Promise((resolve) => {
      const socket = new WebSocket(url, { headers, maxPayload: FRAME_BYTES, followRedirects: false });
      let isEnded = false;
      let timer = deps.clock.setTimer(HANDSHAKE_MS, () =>
        end(streamFault(`no handshake within ${HANDSHAKE_MS} ms`, BrokerErrorCode.TIMEOUT)),
      );
      const end = (fault: StreamFault): void => {
        if (isEnded) return;
        isEnded = true;
        timer[Symbol.dispose]();
        const wasReady = this.#isReady;
        this.#isReady = false;
        this.#link = null;
        socket.terminate();
        resolve({ fault, wasReady });
      };
      const ping = (): void => {
        socket.ping();
        timer = deps.clock.setTimer(PONG_MS, () =>
          end(streamFault("the other end does not answer", BrokerErrorCode.CONNECTION_FAILED)),
        );
      };
      /** Heard: the next look is a while away. */
      const heard = (): void => {
        this.#lastHeardAt = deps.clock.now();
        if (!this.#isReady || isEnded) return;
        timer[Symbol.dispose]();
        timer = deps.clock.setTimer(PING_MS, ping);
      };
      const link: StreamLink = {
        send: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        ready: () => {
          if (isEnded || this.#isReady) return;
          this.#isReady = true;
          this.#fault = null;
          heard();
          this.#wake(null);
          this.#options.onReady();
        },
        fail: end,
      };
      this.#link = link;
      if (this.#closing.signal.aborted) end(CLOSED);
      socket.on("open", () => dialogue.opened(link));
      socket.on("pong", heard);
      socket.on("message", (data) => {
        if (isEnded) return;
        heard();
        if (Buffer.isBuffer(data)) this.#receive(data, link);
      });
      socket.on("unexpected-response", (request, { statusCode = 0 }) => {
        request.destroy();
        end(refusedHandshake(statusCode));
      });
      // Its text may hold what was sent.
      socket.on("error", () => end(streamFault("the connection failed", BrokerErrorCode.CONNECTION_FAILED)));
      socket.on("close", (code) =>
        end(streamFault(`the connection was closed (${code})`, BrokerErrorCode.CONNECTION_FAILED)),
      );
    });
  }

  #receive(frame: Buffer, link: StreamLink): void {
    const { name, dialogue, deps } = this.#options;
    try {
      dialogue.received(frame, link);
    } catch (err) {
      deps.logger.warn({ stream: name, bytes: frame.length, err }, "Alpaca's stream sent what cannot be read");
    }
  }

  #wake(fault: StreamFault | null): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(fault);
  }
}

function refusedHandshake(status: number): StreamFault {
  if (status === 401 || status === 403) {
    return streamFault("the keys are not accepted", BrokerErrorCode.AUTHENTICATION_FAILED, STREAM_WAITS_MS.person);
  }
  if (status === 429) {
    return streamFault(
      "too many connections in a short time",
      BrokerErrorCode.RATE_LIMIT_EXCEEDED,
      STREAM_WAITS_MS.crowded,
    );
  }
  return streamFault(`the handshake was refused (HTTP ${status})`, BrokerErrorCode.CONNECTION_FAILED);
}
