import type { CallFailure } from "./deskError.ts";

/** What is wrong with a password that an act was asked to be proven by; nothing where something else failed. */
export function passwordProblems(failure: CallFailure | null): readonly string[] {
  return failure?.kind === "refused" && failure.desk.code === "BAD_CREDENTIALS" ? [failure.desk.message] : [];
}
