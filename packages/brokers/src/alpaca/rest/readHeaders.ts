import type { RateBudget, RestAnswer } from "./AlpacaTransport.ts";

/** As Node gives them, names in small letters. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const PRINTABLE = /^[\x21-\x7e]{1,128}$/;
/** The budget is a minute's; whatever else a header says is not to be waited for. */
const LONGEST_WAIT_MS = 120_000;

/**
 * What an answer's headers say of the budget. Any of them may be missing or spoilt by something between us and Alpaca.
 * @param now our clock, epoch milliseconds.
 */
export function readHeaders(headers: Headers, now: number): Pick<RestAnswer, "requestId" | "budget" | "retryAfterMs"> {
  const requestId = textOf(headers["x-request-id"]);
  const budget = readBudget(headers);
  return {
    requestId: requestId !== undefined && PRINTABLE.test(requestId) ? requestId : null,
    budget,
    retryAfterMs: readRetryAfter(textOf(headers["retry-after"]), budget, now),
  };
}

function readBudget(headers: Headers): RateBudget | null {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    wholeNumber(textOf(headers[`x-ratelimit-${name}`])),
  );
  return limit === undefined || remaining === undefined || reset === undefined
    ? null
    : { limit, remaining, resetAt: reset * 1_000 };
}

/** `Retry-After` in seconds where it is sent (Alpaca documents none), else the reset of a spent budget. */
function readRetryAfter(header: string | undefined, budget: RateBudget | null, now: number): number | null {
  const seconds = wholeNumber(header);
  if (seconds !== undefined) return Math.min(seconds * 1_000, LONGEST_WAIT_MS);
  if (budget === null || budget.remaining > 0) return null;
  return Math.min(Math.max(0, budget.resetAt - now), LONGEST_WAIT_MS);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.[0];
}
