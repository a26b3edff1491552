// Postgres holds neither NUL nor half of a surrogate pair; with the u flag \p{Surrogate} matches lone halves only.
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** Text as the database can hold it: what it cannot becomes U+FFFD, so that no input keeps its audit row from being written. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD");
}

function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map((each: unknown) => storableJson(each ?? null));
  if (typeof value === "object" && value !== null) return storableRecord(value);
  return value;
}

/** The same for every text in a JSON object, keys too; undefined members are left out. */
export function storableRecord(record: object): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [storableText(key), storableJson(member)]));
}
