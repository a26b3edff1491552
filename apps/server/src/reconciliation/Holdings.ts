import {
  parseFixed,
  type AccountEvent,
  type Balances,
  type Fixed,
  type Money,
  type Position,
  type Quantity,
} from "@trenddojo/brokers/domain";
import { drifts, holdings, type AccountRow, type Db, type DriftRow, type Tx } from "@trenddojo/db";
import type { DriftLedger } from "./DriftLedger.ts";
import type { Gap } from "./Gap.ts";
import {
  agreementOn,
  baselineOf,
  CASH,
  effectsOf,
  holdingFacts,
  isSame,
  keyOf,
  NOTHING,
  offsetOf,
  unexplained,
  type Baseline,
  type Holding,
} from "./holding.ts";

export interface HoldingsParts {
  readonly account: AccountRow;
  readonly db: Db;
  readonly ledger: DriftLedger;
}

/** What the broker says an account holds. */
export interface ToldHoldings {
  readonly positions: readonly Position[];
  readonly balances: Pick<Balances, "cash">;
  /** False where the broker moves cash without telling why: fees and dividends that are not followed. */
  readonly tellsCash: boolean;
  readonly gap: Gap | null;
  /** Our clock, epoch milliseconds. */
  readonly askedAt: number;
}

interface Suspect {
  readonly offset: Fixed;
  readonly gap: Gap | null;
}

/**
 * Compares shares and cash with what the desk's executions add up to. What they do not explain, the offset, was agreed when
 * the account was first looked at; it stays but for the splits, new symbols, dividends and fees that the broker tells, and
 * for what a person settles. The ledger keeps it, in the newest settled row of a subject. A difference counts once it was
 * the same at two looks, since shares may be counted before their execution is told.
 */
export class Holdings {
  readonly #parts: HoldingsParts;
  readonly #suspects = new Map<string, Suspect>();
  /** What all executions add up to; null where one may have come since they were added up. */
  #bought: ReadonlyMap<string, Quantity> | null = null;
  #earned: Money | null = null;

  constructor(parts: HoldingsParts) {
    this.#parts = parts;
  }

  /** Run it in the account's queue, after the executions were booked. @returns whether to look again soon */
  async compare(told: ToldHoldings): Promise<boolean> {
    const { db, ledger } = this.#parts;
    const agreed = await this.#agreed(db);
    const held = await this.#held(told, agreed);
    if (agreed.size === 0) {
      await this.#begin(held, told);
      return false;
    }
    const open = new Map((await ledger.listOpen()).map((row) => [keyOf(row), row]));
    let isSuspicious = false;
    for (const holding of held) {
      const baseline = agreed.get(keyOf(holding)) ?? NOTHING;
      if (isSame(holding, offsetOf(holding), baseline.offset)) {
        await this.#agree(holding, baseline, open.get(keyOf(holding)));
      } else if (this.#isNewMock(told)) {
        await this.#settle(holding, baseline, { ...told, cause: "A mock begins anew with the desk" });
      } else if (await this.#suspect(holding, baseline, { told, open: open.get(keyOf(holding)) })) {
        isSuspicious = true;
      }
    }
    return isSuspicious;
  }

  /** What is filled of an order may have changed: all is added up anew, which takes long where there were many. */
  moved(): void {
    this.#bought = null;
    this.#earned = null;
  }

  /** An account event moves what is agreed, in the transaction that writes it. */
  async book(tx: Tx, event: AccountEvent): Promise<void> {
    const effects = effectsOf(event);
    const agreed = effects.length === 0 ? new Map<string, Baseline>() : await this.#agreed(tx);
    // Before the first look nothing is agreed, and that look counts it in.
    if (agreed.size === 0) return;
    for (const { kind, subject, change } of effects) {
      const baseline = agreed.get(keyOf({ kind, subject })) ?? NOTHING;
      const evidence = agreementOn(baseline.offset + change, baseline);
      if (baseline.row !== null)
        await drifts.setEvidence(tx, baseline.row.id, { ...baseline.row.evidence, ...evidence });
      else {
        await this.#parts.ledger.settled(tx, {
          kind,
          subject,
          symbol: subject,
          action: "booked",
          evidence: { event: event.id, ...evidence },
          here: "Shares as before the event",
          there: "Shares as after it",
          cause: event.message,
        });
      }
    }
  }

  async #agreed(db: Db | Tx): Promise<ReadonlyMap<string, Baseline>> {
    const { id } = this.#parts.account;
    const positions = await drifts.lastAgreed(db, id, "position");
    const rows = [...positions, ...(await drifts.lastAgreed(db, id, "cash"))];
    return new Map(rows.map((row) => [keyOf(row), baselineOf(row)]));
  }

  async #held(
    { positions, balances, tellsCash }: ToldHoldings,
    agreed: ReadonlyMap<string, Baseline>,
  ): Promise<Holding[]> {
    const { db, account } = this.#parts;
    const bought = (this.#bought ??= await holdings.boughtShares(db, account.id));
    const told = new Map(positions.map(({ symbol, quantity }) => [symbol, quantity]));
    const known = [...agreed.values()].flatMap(({ row }) => (row?.kind === "position" ? [row.subject] : []));
    const symbols = new Set([...bought.keys(), ...told.keys(), ...known]);
    const shares = [...symbols].map((subject): Holding => {
      const [here, there] = [bought.get(subject) ?? "0", told.get(subject) ?? "0"];
      return { kind: "position", subject, here: parseFixed(here), there: parseFixed(there) };
    });
    // All executions are added up for it, so only where it is looked at.
    if (!tellsCash && agreed.size > 0) return shares;
    const earned = (this.#earned ??= await holdings.earnedCash(db, account.id));
    return [...shares, { kind: "cash", subject: CASH, here: parseFixed(earned), there: parseFixed(balances.cash) }];
  }

  /** What is there at first is agreed. The row of the cash, which is always written, says that it was looked at. */
  #begin(held: readonly Holding[], told: ToldHoldings): Promise<void> {
    const { db, ledger } = this.#parts;
    const cause = "There when the desk first looked at the account";
    return db.transaction(async (tx) => {
      for (const each of held) {
        if (each.kind === "position" && offsetOf(each) === 0n) continue;
        await ledger.settled(tx, { ...holdingFacts(each, NOTHING, { ...told, cause }), action: "adopted" });
      }
    });
  }

  /** An open difference ends with the broker's word. */
  async #agree(holding: Holding, baseline: Baseline, open: DriftRow | undefined): Promise<void> {
    this.#suspects.delete(keyOf(holding));
    if (open === undefined) return;
    const { db, ledger } = this.#parts;
    const evidence = { ...open.evidence, ...agreementOn(baseline.offset, baseline) };
    const note = "The broker's word agrees again";
    await db.transaction((tx) => ledger.agreed(tx, holding, { evidence, note }));
  }

  #settle(
    holding: Holding,
    baseline: Baseline,
    context: { readonly gap: Gap | null; readonly askedAt: number; readonly cause: string },
  ): Promise<void> {
    const { db, ledger } = this.#parts;
    const facts = holdingFacts(holding, baseline, context);
    return db.transaction((tx) => ledger.settled(tx, { ...facts, action: "taken_over" }));
  }

  /** @returns whether the next look decides */
  async #suspect(
    holding: Holding,
    baseline: Baseline,
    { told, open }: { readonly told: ToldHoldings; readonly open: DriftRow | undefined },
  ): Promise<boolean> {
    const { db, ledger } = this.#parts;
    const offset = offsetOf(holding);
    const key = keyOf(holding);
    const before = this.#suspects.get(key);
    const isKnown = open !== undefined && isSame(holding, baselineOf(open).offset, offset);
    if (!isKnown && (before === undefined || !isSame(holding, before.offset, offset))) {
      this.#suspects.set(key, { offset, gap: told.gap });
      return true;
    }
    this.#suspects.delete(key);
    const gap = before?.gap ?? told.gap;
    const facts = holdingFacts(holding, baseline, { gap, askedAt: told.askedAt, cause: unexplained(gap) });
    const alert = `${holding.subject}: the broker says ${facts.there}, the desk's books say ${facts.here}`;
    await db.transaction((tx) => ledger.open(tx, { ...facts, action: "asked" }, alert));
    return false;
  }

  /** A mock keeps its books in memory only. */
  #isNewMock({ gap }: ToldHoldings): boolean {
    return this.#parts.account.mode === "mock" && (gap?.what === "desk_down" || gap?.what === "not_connected");
  }
}
