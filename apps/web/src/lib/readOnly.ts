import type { Role } from "@trenddojo/server/wire";
import { createContext, use } from "react";

/** Why the person may change nothing here; undefined where they may. */
export const ReadOnlyContext = createContext<string | undefined>(undefined);

export function useReadOnlyReason(): string | undefined {
  return use(ReadOnlyContext);
}

/** The desk refuses a viewer's commands; the screen says so before they are given. */
export function readOnlyReason(role: Role): string | undefined {
  return role === "viewer"
    ? "A viewer sees the desk and changes nothing. Ask the owner for a trader's role."
    : undefined;
}
