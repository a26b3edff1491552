import { createHmac } from "node:crypto";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { Clock } from "@trenddojo/brokers/domain";
import type { WebhookTarget } from "./webhookTarget.ts";

const LIMIT_MS = 5_000;

export interface WebhookRequest {
  readonly target: WebhookTarget;
  /** JSON. */
  readonly body: string;
  /** Signs it where it is given. */
  readonly signingKey: string | undefined;
}

/**
 * Posts once: to the address that was judged, with no redirect followed and 5 s for the answer, of which only the status
 * is read. The header `X-TrendDojo-Signature` is `t=<unix seconds>,v1=<hex>` where v1 is the HMAC-SHA-256 of
 * `<t>.<body>`.
 * @returns null where it was taken (2xx), else why not: a closed code and a sentence
 */
export function postWebhook(
  clock: Clock,
  { target, body, signingKey }: WebhookRequest,
  signal: AbortSignal,
): Promise<string | null> {
  const { url, address, family } = target;
  const judged: LookupFunction = (_host, options, callback) =>
    options.all === true ? callback(null, [{ address, family }]) : callback(null, address, family);
  const limit = new AbortController();
  const options: RequestOptions = {
    method: "POST",
    agent: false,
    lookup: judged,
    signal: AbortSignal.any([signal, limit.signal]),
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": "TrendDojo",
      ...(signingKey === undefined ? {} : { "x-trenddojo-signature": signature(clock, body, signingKey) }),
    },
  };
  return new Promise((resolve) => {
    const timer = clock.setTimer(LIMIT_MS, () => limit.abort());
    const end = (fault: string | null): void => {
      timer[Symbol.dispose]();
      resolve(fault);
    };
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      end(status >= 200 && status < 300 ? null : `HTTP_STATUS: it answered ${status}`);
    });
    request.once("error", (error) =>
      end(limit.signal.aborted ? "TIMEOUT: no answer within 5 s" : `UNREACHABLE: ${reasonOf(error)}`),
    );
    request.end(body);
  });
}

function signature(clock: Clock, body: string, key: string): string {
  const seconds = Math.floor(clock.now() / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex")}`;
}

/** The system's own word for it: its sentence may name what was sent. */
function reasonOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "it could not be connected to";
}
