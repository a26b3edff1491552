import type { DeskErrorData, WireIssue } from "@trenddojo/server/wire";
import { TRPCClientError } from "@trpc/client";

/** Why something failed: the desk refused it and says why, nobody answered, or the page itself is at fault. */
export type CallFailure =
  | { readonly kind: "refused"; readonly desk: DeskErrorData }
  | { readonly kind: "transport"; readonly message: string }
  | { readonly kind: "defect"; readonly message: string };

/** Reads a failure. A call that failed without the desk's own error had no answer; whatever is no call is a defect. */
export function readFailure(error: unknown): CallFailure {
  const desk = deskDataOf(error);
  if (desk !== undefined) return { kind: "refused", desk };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof TRPCClientError ? "transport" : "defect", message };
}

/** The session has ended: sign in again, then repeat the call. */
export function isUnauthenticated(error: unknown): boolean {
  return deskDataOf(error)?.code === "UNAUTHENTICATED";
}

/** The command wants a proof of its person (auth.stepUp) first. */
export function isStepUpRequired(error: unknown): boolean {
  return deskDataOf(error)?.code === "STEP_UP_REQUIRED";
}

function deskDataOf(error: unknown): DeskErrorData | undefined {
  const data = propertyOf(error, "data");
  const desk = propertyOf(data, "desk");
  return isDeskErrorData(desk) ? desk : undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** The codes are a closed set on the server; here an unknown one is shown as it is, so only the shape is checked. */
function isDeskErrorData(value: unknown): value is DeskErrorData {
  const outcome = propertyOf(value, "outcome");
  const issues = propertyOf(value, "issues");
  return (
    ["code", "message", "fix", "requestId"].every((name) => typeof propertyOf(value, name) === "string") &&
    (outcome === "refused" || outcome === "unknown") &&
    Array.isArray(issues) &&
    issues.every(isWireIssue)
  );
}

function isWireIssue(value: unknown): value is WireIssue {
  return typeof propertyOf(value, "code") === "string" && typeof propertyOf(value, "message") === "string";
}
