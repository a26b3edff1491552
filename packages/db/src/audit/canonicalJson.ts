/**
 * One text for one value: keys sorted by code unit, no white space, undefined members left out as JSON.stringify does
 * (RFC 8785 for the values that JSON holds). What comes back from a jsonb column gives the same text as what went in.
 * @throws TypeError for what JSON does not hold: a bigint, a function, a number that is not finite.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(",")}]`;
  if (isPlainObject(value)) {
    let members = "";
    // Sorted as they are, without comparing function, which is by code unit.
    for (const key of Object.keys(value).toSorted()) {
      const member = value[key];
      if (member === undefined) continue;
      members += `${members === "" ? "" : ","}${quoted(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`JSON holds no ${typeof value} of this kind`);
}

// What JSON may have to escape; to look for it is faster than to have every text escaped.
const ESCAPED = /["\\\p{Cc}\p{Surrogate}]/u;

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
