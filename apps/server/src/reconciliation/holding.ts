import { abs, formatFixed, ONE, parseFixed, type AccountEvent, type Fixed } from "@trenddojo/brokers/domain";
import type { DriftEvidence, DriftRow } from "@trenddojo/db";
import { z } from "zod";
import { causeOf, type Gap } from "./Gap.ts";

/** The account's currency, as the subject of what is said of its cash. */
export const CASH = "USD";
/** Cash is rounded to cents at each execution; less than this is no difference. */
const CASH_TOLERANCE: Fixed = ONE;

/** What an account holds of one thing: as the desk's executions add up, and as the broker says. */
export interface Holding {
  readonly kind: "position" | "cash";
  /** The symbol, or the currency. */
  readonly subject: string;
  readonly here: Fixed;
  readonly there: Fixed;
}

/** What the executions do not explain, as it was last agreed. */
export interface Baseline {
  readonly offset: Fixed;
  /** Grows with each agreement. */
  readonly turn: number;
  /** The ledger's row that says so; null where nothing was ever said. */
  readonly row: DriftRow | null;
}

export const NOTHING: Baseline = { offset: 0n, turn: 0, row: null };

const agreement = z.object({ offset: z.string(), turn: z.number().int() });

/** From a settled row of the ledger. */
export function baselineOf(row: DriftRow): Baseline {
  const { offset, turn } = agreement.parse(row.evidence);
  return { offset: parseFixed(offset), turn, row };
}

export function keyOf({ kind, subject }: { readonly kind: string; readonly subject: string }): string {
  return `${kind} ${subject}`;
}

export function offsetOf({ here, there }: Holding): Fixed {
  return there - here;
}

export function isSame({ kind }: Holding, a: Fixed, b: Fixed): boolean {
  return kind === "cash" ? abs(a - b) < CASH_TOLERANCE : a === b;
}

/** What a row of the ledger says of a holding; its offset counts as agreed once the row is settled. */
export function holdingFacts(
  holding: Holding,
  baseline: Baseline,
  { gap, askedAt, cause }: { readonly gap: Gap | null; readonly askedAt: number; readonly cause: string },
) {
  const { kind, subject, here, there } = holding;
  return {
    kind,
    subject,
    symbol: kind === "position" ? subject : null,
    cause,
    here: amountText(kind, here + baseline.offset),
    there: amountText(kind, there),
    evidence: {
      askedAt: new Date(askedAt).toISOString(),
      gap,
      executions: formatFixed(here),
      broker: formatFixed(there),
      ...agreementOn(offsetOf(holding), baseline),
    },
  };
}

/** What of the evidence `baselineOf` reads: an agreement that comes after another. */
export function agreementOn(offset: Fixed, after: Baseline): DriftEvidence {
  return { offset: formatFixed(offset), turn: after.turn + 1 };
}

export function unexplained(gap: Gap | null): string {
  const nobody = "No order or account event here explains it: traded elsewhere, or moved by the broker";
  return gap === null ? nobody : `${nobody}. ${causeOf(gap)}`;
}

/** "150 shares", "100250.00 USD" */
function amountText(kind: Holding["kind"], amount: Fixed): string {
  return kind === "position" ? `${formatFixed(amount)} shares` : `${formatFixed(amount, 2)} ${CASH}`;
}

interface Effect {
  readonly kind: Holding["kind"];
  readonly subject: string;
  readonly change: Fixed;
}

/** What an account event does to shares and cash without an order. */
export function effectsOf(event: AccountEvent): readonly Effect[] {
  switch (event.kind) {
    case "split":
      return nonZero([
        shares(event.symbol, parseFixed(event.quantityAfter) - parseFixed(event.quantityBefore)),
        cash(parseFixed(event.cashInLieu)),
      ]);
    case "symbol_changed":
      return [shares(event.symbol, -parseFixed(event.quantity)), shares(event.newSymbol, parseFixed(event.quantity))];
    case "dividend_paid":
      return nonZero([cash(parseFixed(event.amount))]);
    case "borrow_fee":
      return nonZero([cash(-parseFixed(event.amount))]);
    case "cash_booked":
      return nonZero([cash(parseFixed(event.amount))]);
    case "shares_booked":
      return nonZero([shares(event.symbol, parseFixed(event.quantity))]);
    case "dividend":
    case "action_refused":
    case "margin_call":
    case "margin_call_ended":
      return [];
  }
}

const shares = (subject: string, change: Fixed): Effect => ({ kind: "position", subject, change });
const cash = (change: Fixed): Effect => ({ kind: "cash", subject: CASH, change });
const nonZero = (effects: readonly Effect[]) => effects.filter(({ change }) => change !== 0n);
