import type { DeskErrorData, WireIssue } from "@trenddojo/server/wire";

/** Why a call failed: the desk refused it and says why, or nobody answered. */
export type CallFailure =
  | { readonly kind: "refused"; readonly desk: DeskErrorData }
  | { readonly kind: "transport"; readonly message: string };

/** Reads what a failed call left. Anything that is not the desk's own error is a transport failure: no answer was had. */
export function readFailure(error: unknown): CallFailure {
  const desk = deskDataOf(error);
  if (desk !== undefined) return { kind: "refused", desk };
  return { kind: "transport", message: error instanceof Error ? error.message : "no answer" };
}

/** The session has ended: sign in again, then repeat the call. */
export function isUnauthenticated(error: unknown): boolean {
  return deskDataOf(error)?.code === "UNAUTHENTICATED";
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
