import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { scenarioSchema, type Scenario } from "./Scenario.ts";

const scenariosSchema = z.array(scenarioSchema).min(1);
const FOLDER = new URL("data/", import.meta.url);

/** The names of the files of scenarios, in the order of the alphabet. */
export function scenarioFiles(): readonly string[] {
  return readdirSync(FOLDER).toSorted();
}

/** @throws Error for a file that is not a list of scenarios, with its name and what is wrong. */
export function readScenarios(file: string): readonly Scenario[] {
  const read = scenariosSchema.safeParse(parse(readFileSync(new URL(file, FOLDER), "utf8")));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`, { cause: read.error });
  return read.data;
}
