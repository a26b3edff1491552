import type { AlertView } from "@trenddojo/server/wire";
import type { Toast } from "../../../lib/toasts.ts";
import { KIND_NAMES } from "./alertText.ts";

/** The toasts for the critical alerts that are new since `before`; none for what was there when the page was opened. */
export function alertToasts(
  before: readonly AlertView[] | undefined,
  alerts: readonly AlertView[],
): readonly Omit<Toast, "id">[] {
  if (before === undefined) return [];
  const known = new Set(before.map(({ id }) => id));
  return alerts
    .filter(({ id, severity, recoveredAt }) => severity === "critical" && recoveredAt === null && !known.has(id))
    .map(({ kind, message }) => ({ tone: "bad", title: KIND_NAMES[kind], detail: message, mode: null, sticky: true }));
}
