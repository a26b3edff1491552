import type { Role } from "@trenddojo/server/wire";
import { createContext, use } from "react";

/** Why the person may change nothing here; undefined where they may. */
export const ReadOnlyContext = createContext<string | undefined>(undefined);

export function useReadOnlyReason(): string | undefined {
  return use(ReadOnlyContext);
}

/** Why the person may not even cancel or halt; undefined where they may. */
export function useStopReason(): string | undefined {
  const reason = use(ReadOnlyContext);
  return reason === REASONS.cancel_only ? undefined : reason;
}

const REASONS = {
  viewer: "A viewer sees the desk and changes nothing. Ask the owner for a trader's role.",
  cancel_only: "You may cancel and halt, and change nothing else. Ask the owner for a trader's role.",
  trader: undefined,
  owner: undefined,
} as const satisfies Record<Role, string | undefined>;

/** The desk refuses such a person's commands; the screen says so before they are given. */
export function readOnlyReason(role: Role): string | undefined {
  return REASONS[role];
}
