import type { z } from "zod";

/** A line of a fault script that cannot be read. */
export class FaultScriptError extends Error {
  override readonly name = "FaultScriptError";
}

/** Reads a script: one rule a line as JSON; empty lines and lines that begin with # are skipped. @throws FaultScriptError */
export function readFaultLines<Rule>(text: string, schema: z.ZodType<Rule>): readonly Rule[] {
  return text.split("\n").flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    try {
      return schema.parse(JSON.parse(trimmed));
    } catch (cause) {
      throw new FaultScriptError(`line ${index + 1} of the fault script is not a rule`, { cause });
    }
  });
}
