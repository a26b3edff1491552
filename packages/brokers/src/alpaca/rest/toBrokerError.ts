import { z } from "zod";
import { BrokerError, type Outcome } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ALPACA } from "../alpacaName.ts";
import type { RestAnswer, RestRequest } from "./AlpacaTransport.ts";
import { parseExactJson } from "./exactJson.ts";
import { ruleOf, type WordedRefusal } from "./refusalRules.ts";

const LONGEST_TEXT = 200;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

const wireError = z.looseObject({ code: z.number().optional(), message: z.string() });

/** What Alpaca says beside its message, and what it is called here. Numbers come as texts or numbers. */
const EXTRA_FIELDS = {
  buying_power: "available",
  cost_basis: "required",
  available: "available",
  balance: "balance",
  existing_qty: "existingQuantity",
  held_for_orders: "heldForOrders",
  existing_order_id: "existingOrderId",
  reject_reason: "rejectReason",
  symbol: "symbol",
} as const;

/** 'insufficient qty available for order (requested: 1.05, available: 0.55)' */
const REQUESTED = /requested: ([\d.]{1,30})/;
/** What a person may heal by waiting: the rest of the 4xx stay as they are. */
const WAITING = new Set([408, 425, 429]);

/** The coded error for an answer whose status is not a success. It never carries the body itself. */
export function toBrokerError(request: RestRequest, answer: RestAnswer): BrokerError {
  const worded = readRefusal(request, answer);
  const details = detailsOf(request, answer);
  if (answer.status === 401) return refused("the keys are not accepted", "AUTHENTICATION_FAILED", details);
  if (answer.status === 429) return refused("too many requests in this minute", "RATE_LIMIT_EXCEEDED", details);
  if (worded === null || answer.status >= 500 || answer.status < 400 || WAITING.has(answer.status)) {
    return withoutWord(request, answer, details);
  }
  const { code, rule } = ruleOf(worded) ?? { code: BrokerErrorCode.API_ERROR, rule: "refused" };
  const all = {
    ...details,
    rule,
    ...extras(answer.body),
    ...(worded.code === null ? {} : { alpacaCode: worded.code }),
  };
  return error(short(worded.message), code, all, code === "OUTCOME_UNKNOWN" ? "unknown" : "refused");
}

/** An answer of success that cannot be read: a change that it answers may well have been made. */
export function unreadable(request: RestRequest, answer: RestAnswer, fault: string): BrokerError {
  const details = detailsOf(request, answer);
  const message = `the answer cannot be read: ${short(fault)}`;
  return request.method === "GET"
    ? error(message, BrokerErrorCode.API_ERROR, details, "refused")
    : error(`${message}; whether the request took effect is not known`, "OUTCOME_UNKNOWN", details, "unknown");
}

/** Nobody said that it was refused: a server that failed, or something in between that speaks no JSON. */
function withoutWord(request: RestRequest, { status }: RestAnswer, details: Details): BrokerError {
  const message = status >= 300 && status < 400 ? "it points to another address, which is not followed" : "it failed";
  if (request.method !== "GET") {
    return error(
      `${message} (HTTP ${status}); whether the request took effect is not known`,
      "OUTCOME_UNKNOWN",
      details,
      "unknown",
    );
  }
  const code = status === 408 || status === 504 ? BrokerErrorCode.TIMEOUT : BrokerErrorCode.API_ERROR;
  return error(`${message} (HTTP ${status})`, code, details, "refused");
}

type Details = Readonly<Record<string, string | number>>;

function readRefusal(request: RestRequest, { status, body }: RestAnswer): WordedRefusal | null {
  const parsed = wireError.safeParse(tryJson(body));
  return parsed.success ? { request, status, code: parsed.data.code ?? null, message: parsed.data.message } : null;
}

function tryJson(body: string): unknown {
  try {
    return parseExactJson(body);
  } catch {
    return undefined;
  }
}

function extras(body: string): Details {
  const parsed = wireError.safeParse(tryJson(body));
  if (!parsed.success) return {};
  const found: Record<string, string | number> = {};
  for (const [name, ours] of Object.entries(EXTRA_FIELDS)) {
    const value = parsed.data[name];
    if (typeof value === "number" && Number.isFinite(value)) found[ours] = String(value);
    else if (typeof value === "string") found[ours] = short(value);
  }
  const requested = REQUESTED.exec(parsed.data.message)?.[1];
  return requested === undefined ? found : { ...found, requested };
}

function detailsOf({ method, path }: RestRequest, { status, requestId, retryAfterMs }: RestAnswer): Details {
  return {
    method,
    path: short(path),
    status,
    ...(requestId === null ? {} : { requestId }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

const refused = (message: string, code: BrokerErrorCode, details: Details): BrokerError =>
  error(message, code, details, "refused");

function error(message: string, code: BrokerErrorCode, details: Details, outcome: Outcome): BrokerError {
  return new BrokerError(`${ALPACA}: ${message}`, code, ALPACA, { details, outcome });
}

function short(text: string): string {
  return text.slice(0, LONGEST_TEXT).replaceAll(UNPRINTABLE, "?");
}
