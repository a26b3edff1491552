import { BrokerError } from "@trenddojo/brokers";
import { classifyDriverError, DbError } from "@trenddojo/db";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { DeskError } from "./DeskError.ts";
import type { DeskErrorCode, WireIssue } from "./wire/errors.ts";

/**
 * Any thrown thing as the desk's own error. What is not known becomes INTERNAL, and its message stays in the log:
 * it may hold a query, a path or a key.
 */
export function toDeskError(thrown: unknown): DeskError {
  if (thrown instanceof DeskError) return thrown;
  if (thrown instanceof BrokerError) return fromBroker(thrown);
  if (thrown instanceof z.core.$ZodError) return fromZod(thrown);
  if (thrown instanceof TRPCError) return fromTrpc(thrown);
  return fromStore(thrown) ?? new DeskError("INTERNAL", INTERNAL, { cause: thrown });
}

const INTERNAL = "Something went wrong in the desk itself.";

/** What the store refuses because of what it was given. */
function fromStore(thrown: unknown): DeskError | undefined {
  if (thrown instanceof DbError && thrown.code === "BAD_CURSOR") {
    return new DeskError("INVALID_INPUT", "The cursor is not one of this list: begin without one.", { cause: thrown });
  }
  if (classifyDriverError(thrown)?.kind === "value") {
    return new DeskError(
      "INVALID_INPUT",
      "A text holds a character, or a number is of a size, that cannot be stored.",
      {
        cause: thrown,
      },
    );
  }
  return undefined;
}

function fromBroker(error: BrokerError): DeskError {
  const seconds = error.details["retryAfterSeconds"];
  return new DeskError(error.code, error.message, {
    outcome: error.outcome,
    retryAfterSeconds: typeof seconds === "number" ? seconds : null,
    issues: [{ code: error.code, field: null, message: error.message, params: error.details }],
    cause: error,
  });
}

function fromZod(error: z.core.$ZodError): DeskError {
  const issues = error.issues.map((issue): WireIssue => {
    const field = issue.path.length === 0 ? null : issue.path.map(String).join(".");
    return { code: "INVALID_INPUT", field, message: issue.message, params: {} };
  });
  const first = issues[0];
  const where = typeof first?.field === "string" ? `${first.field}: ` : "";
  return new DeskError("INVALID_INPUT", `The request is not well formed: ${where}${first?.message ?? "unreadable"}`, {
    issues,
    cause: error,
  });
}

function fromTrpc(error: TRPCError): DeskError {
  const { cause } = error;
  if (cause instanceof DeskError || cause instanceof BrokerError) return toDeskError(cause);
  const refused = fromStore(cause);
  if (refused !== undefined) return refused;
  // The same class tells of an answer of ours that is out of shape; that one is INTERNAL.
  if (cause instanceof z.core.$ZodError && error.code === "BAD_REQUEST") return fromZod(cause);
  const code = CODES.get(error.code) ?? "INTERNAL";
  return new DeskError(code, SENTENCES.get(error.code) ?? INTERNAL, { cause: error });
}

/** The refusals that tRPC makes itself, before any procedure runs. */
const CODES: ReadonlyMap<TRPCError["code"], DeskErrorCode> = new Map([
  ["PARSE_ERROR", "INVALID_INPUT"],
  ["BAD_REQUEST", "INVALID_INPUT"],
  ["UNSUPPORTED_MEDIA_TYPE", "INVALID_INPUT"],
  ["METHOD_NOT_SUPPORTED", "INVALID_INPUT"],
  ["PAYLOAD_TOO_LARGE", "INVALID_INPUT"],
  ["UNPROCESSABLE_CONTENT", "INVALID_INPUT"],
  ["NOT_FOUND", "NOT_FOUND"],
  ["UNAUTHORIZED", "UNAUTHENTICATED"],
  ["FORBIDDEN", "FORBIDDEN"],
]);

const SENTENCES: ReadonlyMap<TRPCError["code"], string> = new Map([
  ["PARSE_ERROR", "The request could not be read: it is not a tRPC message in JSON."],
  ["BAD_REQUEST", "The request is not a tRPC call that this desk knows."],
  ["UNSUPPORTED_MEDIA_TYPE", "Requests must be JSON (content-type application/json)."],
  ["METHOD_NOT_SUPPORTED", "This procedure is called by another HTTP method: queries by GET, mutations by POST."],
  ["PAYLOAD_TOO_LARGE", "The request is too large."],
  ["UNPROCESSABLE_CONTENT", "The message could not be read."],
  ["NOT_FOUND", "There is no such procedure."],
  ["UNAUTHORIZED", "You are not signed in, or the session has ended."],
  ["FORBIDDEN", "This call is not allowed from here."],
]);
