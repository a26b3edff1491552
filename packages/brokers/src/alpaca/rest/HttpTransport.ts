import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BrokerError } from "../../BrokerError.ts";
import type { Clock } from "../../domain/Clock.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AlpacaEndpoints } from "../AlpacaEndpoints.ts";
import { ALPACA } from "../alpacaName.ts";
import type { AlpacaKeys } from "../AlpacaTypes.ts";
import type { AlpacaTransport, RestAnswer, RestRequest } from "./AlpacaTransport.ts";
import { readHeaders } from "./readHeaders.ts";

/** A refusal says what it says at its beginning; nobody has to read a megabyte of it. */
export const ERROR_BODY_BYTES = 64 * 1024;
/** All assets are about 10 MB. */
const BODY_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

export interface HttpTransportOptions {
  readonly endpoints: Pick<AlpacaEndpoints, "trading" | "data">;
  readonly keys: AlpacaKeys;
  readonly clock: Clock;
  /** From the call to the last byte of the answer. @default 10_000 */
  readonly timeoutMs?: number;
}

/** How far a request had come when it failed. */
type Progress = "unsent" | "sent";

/**
 * Alpaca over Node's own HTTP: one attempt, no redirect followed (it would carry the keys to another host), keys only
 * in the request's headers. It knows whether a request that failed can have left this machine.
 */
export class HttpTransport implements AlpacaTransport {
  readonly #options: HttpTransportOptions;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  send(request: RestRequest, { signal }: { readonly signal?: AbortSignal } = {}): Promise<RestAnswer> {
    return new Promise((resolve, reject) => {
      let progress: Progress = "unsent";
      const { clock, timeoutMs = TIMEOUT_MS } = this.#options;
      const outgoing = this.#open(request);
      const end = (settle: () => void): void => {
        timer[Symbol.dispose]();
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const fail = (error: BrokerError): void => {
        end(() => reject(error));
        outgoing.destroy();
      };
      const abort = (): void => fail(failure(request, progress, "the caller stopped waiting", BrokerErrorCode.TIMEOUT));
      const timer = clock.setTimer(timeoutMs, () =>
        fail(failure(request, progress, `no answer within ${timeoutMs} ms`, BrokerErrorCode.TIMEOUT)),
      );
      signal?.addEventListener("abort", abort, { once: true });
      // On a socket that is open already the bytes leave at once.
      outgoing.on("socket", (socket) => {
        if (!socket.connecting) progress = "sent";
        else socket.once("connect", () => (progress = "sent"));
      });
      outgoing.on("error", (error) => fail(failure(request, progress, brokenBy(error))));
      outgoing.on("response", (incoming) => {
        readAnswer(incoming, clock.now()).then(
          (answer) => end(() => resolve({ ...answer, body: this.#withoutKeys(answer) })),
          (error: unknown) => fail(failure(request, "sent", brokenBy(error))),
        );
      });
      if (signal?.aborted === true) abort();
      else outgoing.end(request.body === undefined ? undefined : JSON.stringify(request.body));
    });
  }

  [Symbol.dispose](): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  /** A refusal may repeat what it refused. */
  #withoutKeys({ status, body }: RestAnswer): string {
    if (status < 300) return body;
    const { keyId, secretKey } = this.#options.keys;
    return body.replaceAll(secretKey, "(key)").replaceAll(keyId, "(key)");
  }

  #open({ host, method, path, query, body }: RestRequest): ClientRequest {
    const { endpoints, keys } = this.#options;
    const url = `${endpoints[host]}${path}${query === undefined ? "" : `?${new URLSearchParams(query).toString()}`}`;
    const headers = {
      accept: "application/json",
      "apca-api-key-id": keys.keyId,
      "apca-api-secret-key": keys.secretKey,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    return url.startsWith("https:")
      ? httpsRequest(url, { method, headers, agent: this.#https })
      : httpRequest(url, { method, headers, agent: this.#http });
  }
}

function readAnswer(incoming: IncomingMessage, now: number): Promise<RestAnswer> {
  const status = incoming.statusCode ?? 0;
  const isRefusal = status < 200 || status > 299;
  const most = isRefusal ? ERROR_BODY_BYTES : BODY_BYTES;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const answer = (): void =>
      resolve({ status, body: Buffer.concat(chunks).toString("utf8"), ...readHeaders(incoming.headers, now) });
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(size > most ? chunk.subarray(0, chunk.length - (size - most)) : chunk);
      if (size <= most) return;
      if (isRefusal) answer();
      else reject(new RangeError(`the answer is longer than ${most} bytes`));
      incoming.destroy();
    });
    incoming.on("end", answer);
    incoming.on("error", reject);
    incoming.on("aborted", () => reject(new Error("the connection was lost within the answer")));
  });
}

function failure(
  request: RestRequest,
  progress: Progress,
  what: string,
  code: BrokerErrorCode = BrokerErrorCode.CONNECTION_FAILED,
): BrokerError {
  const details = { method: request.method, path: request.path };
  if (request.method !== "GET" && progress === "sent") {
    const message = `${ALPACA}: ${what}; whether the request took effect is not known`;
    return new BrokerError(message, BrokerErrorCode.OUTCOME_UNKNOWN, ALPACA, { details });
  }
  return new BrokerError(`${ALPACA}: ${what}`, code, ALPACA, { details, outcome: "refused" });
}

/** The system's code only: Node's messages and causes may carry what was sent. */
function brokenBy(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[A-Z_0-9]{2,40}$/.test(code) ? `the connection failed (${code})` : "the connection was lost";
}
