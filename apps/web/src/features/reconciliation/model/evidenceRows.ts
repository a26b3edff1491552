export interface EvidenceRow {
  /** "Order · Filled quantity" */
  readonly label: string;
  readonly value: string;
  /** The value is an instant, in ISO 8601. */
  readonly isInstant: boolean;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
/** Deeper than this it is shown as it came. */
const DEEPEST = 3;

/** Evidence as lines that a person can read: names in words, nested things under their own, lists counted through. */
export function evidenceRows(evidence: Readonly<Record<string, unknown>>): readonly EvidenceRow[] {
  return Object.entries(evidence).flatMap(([name, value]) => rowsOf([inWords(name)], value));
}

function rowsOf(path: readonly string[], value: unknown): readonly EvidenceRow[] {
  if (typeof value === "object" && value !== null && path.length <= DEEPEST) {
    const entries = Object.entries(value);
    if (entries.length === 0) return [row(path, "none")];
    const isList = Array.isArray(value);
    return entries.flatMap(([name, inner]) =>
      rowsOf([...path, isList ? String(Number(name) + 1) : inWords(name)], inner),
    );
  }
  return [row(path, plain(value, path.at(-1) ?? ""))];
}

function row(path: readonly string[], value: string): EvidenceRow {
  return { label: path.join(" · "), value, isInstant: INSTANT.test(value) };
}

/** Epoch milliseconds of this century, under a name that instants have. */
function isEpochMs(name: string, value: number): boolean {
  return /(^| )(from|to|at|until)$/i.test(name) && value > Date.UTC(2000) && value < Date.UTC(2100);
}

function plain(value: unknown, name: string): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return isEpochMs(name, value) ? new Date(value).toISOString() : String(value);
  // Words of the desk's own, such as "not_connected".
  if (typeof value === "string") return /^[a-z]+(_[a-z]+)+$/.test(value) ? value.replaceAll("_", " ") : value;
  return JSON.stringify(value);
}

/** "filledQuantity" and "filled_quantity" as "Filled quantity". */
function inWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/_/g, " ")
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
