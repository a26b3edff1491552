import { readFileSync } from "node:fs";

/** The numbers of the rules that SPEC.md states, as "PX30", in its order. */
export function specRules(): readonly string[] {
  const spec = readFileSync(new URL("../SPEC.md", import.meta.url), "utf8");
  return [...spec.matchAll(/\*\*(PX\d+)\*\*/g)].map((match) => match[1] ?? "");
}

/** The rules that a scenario's title names. */
export function rulesOf(title: string): readonly string[] {
  return [...title.matchAll(/\[(PX\d+)\]/g)].map((match) => match[1] ?? "");
}
