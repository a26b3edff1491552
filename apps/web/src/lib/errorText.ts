import type { CallFailure } from "./deskError.ts";

/** A failure in one line: what happened and what to do. */
export function failureText(failure: CallFailure): string {
  switch (failure.kind) {
    case "refused":
      return `${failure.desk.message} ${failure.desk.fix}`.trim();
    case "defect":
      return `This page has failed (${failure.message}). Reload it.`;
    case "transport":
      return "The desk did not answer. It is asked again by itself as soon as it can be reached.";
  }
}
