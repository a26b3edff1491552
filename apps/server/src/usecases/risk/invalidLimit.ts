import { DeskError } from "../../DeskError.ts";

/** A limit that cannot be set; `message` ends its own sentence: "must be above zero, not 0". */
export function invalidLimit(field: string, message: string, params: Record<string, string | number> = {}): DeskError {
  const name = field.split(".").at(-1) ?? field;
  return new DeskError("INVALID_INPUT", `${name} ${message}.`, {
    issues: [{ code: "INVALID_INPUT", field, message, params }],
  });
}
