import type { BrokerCard } from "@trenddojo/server/wire";

type Fields = readonly BrokerCard["credentialFields"][number][];
type Values = Readonly<Record<string, string>>;

/** The form's beginning: every field with its default. */
export function startingValues(fields: Fields): Values {
  return Object.fromEntries(fields.map((field) => [field.name, field.defaultValue ?? field.choices?.[0]?.value ?? ""]));
}

/** Required fields that are empty, by name. */
export function missingFields(fields: Fields, values: Values): ReadonlySet<string> {
  return new Set(
    fields.filter((field) => field.required && (values[field.name] ?? "").trim() === "").map((field) => field.name),
  );
}

/** What is sent: empty optional fields are left out, so that the desk's defaults hold. */
export function credentialsOf(fields: Fields, values: Values): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.name, (values[field.name] ?? "").trim()] as const).filter(([, value]) => value !== ""),
  );
}
