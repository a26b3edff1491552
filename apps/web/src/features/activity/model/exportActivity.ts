import type { AuditEntryView } from "@trenddojo/server/wire";
import { csvOf } from "./csvOf.ts";

export const FORMATS = { csv: "text/csv", jsonl: "application/jsonl" } as const;
export type Format = keyof typeof FORMATS;

const COLUMNS = [
  "at",
  "action",
  "username",
  "mode",
  "message",
  "subject",
  "details",
  "chain",
  "sequence",
  "hash",
] as const;

/** Entries as a file's text: a table for a spreadsheet, or one JSON line each with all that its hash covers. */
export function exportActivity(entries: readonly AuditEntryView[], format: Format): string {
  if (format === "jsonl") return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  const rows = entries.map((entry) => COLUMNS.map((column) => textOf(entry[column])));
  return csvOf([COLUMNS, ...rows]);
}

function textOf(value: AuditEntryView[(typeof COLUMNS)[number]]): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
