import { audit, type AuditRow, type Db } from "@trenddojo/db";

const PAGE = 1_000;

/** Every row of the log as a JSON line, chain by chain in order: all that its hash covers, and the hash. */
export async function* exportLog(db: Db): AsyncGenerator<string> {
  for (const chain of await audit.chains(db)) {
    let last = 0;
    for (;;) {
      const rows = await audit.rowsAfter(db, chain, last, PAGE);
      for (const row of rows) yield exportLine(row);
      last = rows.at(-1)?.sequence ?? last;
      if (rows.length < PAGE) break;
    }
  }
}

function exportLine(row: AuditRow): string {
  const { chain, sequence, at, userId, action, subject, mode, message, details, previousHash, hash } = row;
  return JSON.stringify({
    chain,
    sequence,
    at,
    userId,
    action,
    subject,
    mode,
    message,
    details,
    previousHash,
    hash,
  });
}
