/** A cell that begins so is a formula to a spreadsheet (ASVS 5.0 1.2.10). */
const FORMULA = /^[=+\-@\t\r\n\0]/;

/**
 * A table as CSV (RFC 4180), safe to open in a spreadsheet: a cell that it would take for a formula begins with an
 * apostrophe, whoever wrote it. Every cell is quoted, so that none can end its own or begin the next.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
