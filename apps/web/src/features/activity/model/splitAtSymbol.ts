import type { AuditEntryView } from "@trenddojo/server/wire";

/** A sentence around the instrument that it names. */
interface NamedInstrument {
  readonly before: string;
  readonly symbol: string;
  readonly after: string;
}

/** The sentence of an entry, parted where it names the entry's instrument; null where it names none. */
export function splitAtSymbol({
  message,
  details,
}: Pick<AuditEntryView, "message" | "details">): NamedInstrument | null {
  const symbol = details["newSymbol"] ?? details["symbol"];
  if (typeof symbol !== "string" || symbol === "") return null;
  const literal = symbol.replaceAll(/\W/g, String.raw`\$&`);
  const at = message.search(new RegExp(`(?<![\\w.])${literal}(?!\\w)`));
  return at === -1 ? null : { before: message.slice(0, at), symbol, after: message.slice(at + symbol.length) };
}
