import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@trenddojo/server/wire";
import { splitAtSymbol } from "../model/splitAtSymbol.ts";

/** What happened, in a sentence that leads to the instrument that it names. */
export function EntryMessage({ entry }: { readonly entry: AuditEntryView }) {
  const parts = splitAtSymbol(entry);
  if (parts === null) return entry.message;
  return (
    <>
      {parts.before}
      <Link to="/instruments/$symbol" params={{ symbol: parts.symbol }} className="text-accent underline">
        {parts.symbol}
      </Link>
      {parts.after}
    </>
  );
}
