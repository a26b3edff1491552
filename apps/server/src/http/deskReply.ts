import type { DeskError } from "../DeskError.ts";
import { ERROR_TRAITS } from "../errorMap.ts";
import type { DeskErrorData } from "../wire/errors.ts";

/** A refusal's data as every caller gets it. */
export function deskErrorData(refusal: DeskError, requestId: string): DeskErrorData {
  return {
    code: refusal.code,
    message: refusal.message,
    fix: ERROR_TRAITS[refusal.code].fix,
    issues: refusal.issues,
    outcome: refusal.outcome,
    retryAfterSeconds: refusal.retryAfterSeconds,
    requestId,
  };
}

/** The body of an HTTP refusal that never reached a procedure, in the shape that tRPC's client reads. */
export function refusalBody(refusal: DeskError, httpStatus: number, requestId: string) {
  return {
    error: {
      message: refusal.message,
      code: -32600,
      data: { code: ERROR_TRAITS[refusal.code].trpc, httpStatus, desk: deskErrorData(refusal, requestId) },
    },
  };
}

/** What goes with such a body where it is written by hand: it is kept by nobody and run as nothing. */
export function refusalHeaders(body: string): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}
