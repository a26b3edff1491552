import { auditHash, GENESIS_HASH } from "../../audit/auditHash.ts";
import type { AuditRow } from "../../repositories/audit.ts";

export const KINDS = ["edit", "delete", "insert", "swap", "cut"] as const;
export type Kind = (typeof KINDS)[number];
/** How much the forger hashes anew: nothing, or everything from the change on. */
export type Mending = "none" | "rest";

export interface Forgery {
  readonly kind: Kind;
  readonly mending: Mending;
  readonly rows: readonly AuditRow[];
  /** The first row, from 1, that is not what was written, or is missing. */
  readonly changedFrom: number;
}

/** @param pick answers a whole number from 0 to below its argument */
export function tamper(rows: readonly AuditRow[], pick: (below: number) => number): Forgery {
  const kind = KINDS[pick(KINDS.length)] ?? "edit";
  const mending: Mending = kind !== "cut" && pick(2) === 1 ? "rest" : "none";
  const at = pick(rows.length);
  const changed = numbered(change(rows, kind, at, pick));
  const forged = mending === "none" ? changed : rehashed(changed, firstDifference(rows, changed));
  return { kind, mending, rows: forged, changedFrom: firstDifference(rows, forged) + 1 };
}

function firstDifference(rows: readonly AuditRow[], others: readonly AuditRow[]): number {
  const differing = rows.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(others[index]));
  return differing === -1 ? rows.length : differing;
}

function change(
  rows: readonly AuditRow[],
  kind: Kind,
  at: number,
  pick: (below: number) => number,
): readonly AuditRow[] {
  const row = rows[at];
  if (row === undefined) throw new RangeError(`there is no row ${at}`);
  switch (kind) {
    case "edit":
      return rows.with(at, edited(row, pick));
    case "delete":
      return rows.toSpliced(at, 1);
    case "insert":
      return rows.toSpliced(at, 0, edited(row, pick));
    case "swap": {
      const to = (at + 1 + pick(rows.length - 1)) % rows.length;
      return rows.with(at, rows[to] ?? row).with(to, row);
    }
    case "cut":
      return rows.slice(0, at);
  }
}

function edited(row: AuditRow, pick: (below: number) => number): AuditRow {
  const changes: readonly Partial<AuditRow>[] = [
    { message: `${row.message}.` },
    { at: row.at + 1 },
    { action: "order.canceled" },
    { subject: null },
    { mode: "live" },
    { details: { ...row.details, quantity: "999" } },
    { hash: row.hash.replace(/^./, (first) => (first === "0" ? "1" : "0")) },
  ];
  return { ...row, ...changes[pick(changes.length)] };
}

function numbered(rows: readonly AuditRow[]): readonly AuditRow[] {
  return rows.map((row, index) => ({ ...row, sequence: index + 1 }));
}

function rehashed(rows: readonly AuditRow[], from: number): readonly AuditRow[] {
  const chained: AuditRow[] = rows.slice(0, from);
  for (const row of rows.slice(from)) {
    const linked = { ...row, previousHash: chained.at(-1)?.hash ?? GENESIS_HASH };
    chained.push({ ...linked, hash: auditHash(linked) });
  }
  return chained;
}
