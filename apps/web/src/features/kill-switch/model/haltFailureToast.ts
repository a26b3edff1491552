import type { CallFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import type { Toast } from "../../../lib/toasts.ts";

/** Tells that a halt was refused, or that nobody knows whether it came through, and what else can be done. */
export function haltFailureToast(failure: CallFailure): Omit<Toast, "id"> {
  const refused = failure.kind === "refused" && failure.desk.outcome === "refused";
  return {
    tone: "bad",
    title: refused ? "Trading was not halted" : "It is not known whether trading is halted",
    detail: refused
      ? failureText(failure)
      : "The desk did not answer. Hold the switch again; halting twice is one halt. On the desk's machine, `pnpm desk halt` works without this page.",
    mode: null,
    sticky: true,
  };
}
