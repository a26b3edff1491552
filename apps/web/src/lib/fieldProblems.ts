import type { CallFailure } from "./deskError.ts";

/** What the desk objects to in one field; it names a field by its path, such as "limits.maxOrderValue". */
export function fieldProblems(failure: CallFailure | null, name: string): readonly string[] {
  if (failure?.kind !== "refused") return [];
  return failure.desk.issues.filter(({ field }) => field?.split(".").at(-1) === name).map(({ message }) => message);
}
