import { tryParseFixed, type Fixed } from "@trenddojo/brokers/domain";
import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { parseInstant, type Nanos } from "../wire/instant.ts";

const refuse = (name: string): ApiRefusal => new ApiRefusal(400, 40010001, `invalid ${name}`);

/** One of `known`; `otherwise` where it is absent. @throws ApiRefusal */
export function choice<Value extends string>(
  query: URLSearchParams,
  name: string,
  known: readonly Value[],
  otherwise: Value,
): Value {
  const given = query.get(name);
  if (given === null || given === "") return otherwise;
  const found = known.find((value) => value === given);
  if (found === undefined) throw refuse(name);
  return found;
}

/** A whole number from 1 to `most`. @throws ApiRefusal */
export function count(query: URLSearchParams, name: string, otherwise: number, most: number): number {
  const given = query.get(name);
  if (given === null || given === "") return otherwise;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1 || value > most) throw refuse(name);
  return value;
}

/** @throws ApiRefusal for what is not an instant or a date. */
export function instant(query: URLSearchParams, name: string): Nanos | null {
  const given = query.get(name);
  if (given === null || given === "") return null;
  const at = parseInstant(given);
  if (at === undefined) throw refuse(name);
  return at;
}

export const flag = (query: URLSearchParams, name: string): boolean => query.get(name) === "true";

/** Values between commas, or repeated; empty where absent. */
export function list(query: URLSearchParams, name: string): readonly string[] {
  return query.getAll(name).flatMap((each) => each.split(",").filter((part) => part !== ""));
}

/** A decimal above zero; null where absent. @throws ApiRefusal */
export function amount(query: URLSearchParams, name: string): Fixed | null {
  const given = query.get(name);
  if (given === null || given === "") return null;
  const value = tryParseFixed(given);
  if (value === undefined || value <= 0n) throw refuse(name);
  return value;
}
