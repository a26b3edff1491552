import type { Row } from "./Row.ts";
import { commandOf, runScript, type Script } from "./runScript.ts";

/** Of scripts that print each figure with what it is held against. @throws Error for one that fails */
export function benchComparisons(scripts: readonly Script[]): readonly Row[] {
  return scripts.flatMap((script) =>
    runScript<Omit<Row, "command">>(script).map((row): Row => ({ ...row, command: commandOf(script) })),
  );
}
