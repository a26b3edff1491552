import { audit, orderEvents, type Db, type NewAuditEntry, type NewOrderEvent, type Tx } from "@trenddojo/db";

/** Transactions under way at once: while one waits for the disk, the next is gathered. */
const LANES = 2;
/** Steps that one transaction takes at most. */
const MOST = 32;

/** What a step tells of itself: its numbered event and its audit row. */
export interface Telling {
  readonly event: NewOrderEvent | null;
  readonly entry: NewAuditEntry | null;
}

/** A transaction that several steps share, each as if it were alone in it. */
export interface SharedTx {
  readonly tx: Tx;
  /** Written with those of the other steps, before the commit, in the order of these calls. */
  readonly tell: (telling: Telling) => void;
}

interface Step {
  readonly key: string;
  /** Answers what to do once it is committed. */
  readonly write: (shared: SharedTx) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits steps of many orders together, since a commit waits for the disk however little it holds: what comes while
 * others are written goes with the next transaction. The steps of one run side by side; two of one key never do. Where
 * one fails all are rolled back, and each is done again by itself: what a step does outside the transaction must bear to
 * be done twice.
 */
export class GroupCommit {
  readonly #db: Db;
  #waiting: readonly Step[] = [];
  readonly #busy = new Set<string>();
  #underWay = 0;
  /** A transaction is beginning, which takes whatever waits by then. */
  #isGathering = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Resolves once it is committed; rejects with what `write` threw, or the commit. */
  run<Result>(key: string, write: (shared: SharedTx) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, fail) => {
      const step: Step = {
        key,
        fail,
        write: async (shared) => {
          const result = await write(shared);
          return () => resolve(result);
        },
      };
      this.#waiting = [...this.#waiting, step];
      if (this.#underWay < LANES) void this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    this.#underWay += 1;
    while (!this.#isGathering && this.#waiting.some(({ key }) => !this.#busy.has(key))) await this.#commitWaiting();
    this.#underWay -= 1;
  }

  async #commitWaiting(): Promise<void> {
    let taken: readonly Step[] = [];
    this.#isGathering = true;
    try {
      const done = await this.#db.transaction((tx) => {
        taken = this.#take();
        return writeAll(tx, taken);
      });
      for (const each of done) each();
    } catch (error) {
      // It did not even begin.
      if (taken.length === 0) taken = this.#take();
      if (taken.length > 1) await this.#commitEach(taken);
      else for (const step of taken) step.fail(error);
    } finally {
      for (const { key } of taken) this.#busy.delete(key);
    }
  }

  #take(): readonly Step[] {
    this.#isGathering = false;
    const taken: Step[] = [];
    this.#waiting = this.#waiting.filter((step) => {
      if (taken.length === MOST || this.#busy.has(step.key)) return true;
      this.#busy.add(step.key);
      taken.push(step);
      return false;
    });
    return taken;
  }

  async #commitEach(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      try {
        const [done] = await this.#db.transaction((tx) => writeAll(tx, [step]));
        done?.();
      } catch (error) {
        step.fail(error);
      }
    }
  }
}

async function writeAll(tx: Tx, steps: readonly Step[]): Promise<readonly (() => void)[]> {
  const told: Telling[] = [];
  const shared: SharedTx = { tx, tell: (telling) => void told.push(telling) };
  // None goes on after the transaction has ended, also where another one fails.
  const ends = await Promise.allSettled(steps.map((step) => step.write(shared)));
  const done = ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
  await writeTellings(tx, told);
  return done;
}

/** In two statements, and one that locks: those of many cost no more than those of one. */
export async function writeTellings(tx: Tx, told: readonly Telling[]): Promise<void> {
  await Promise.all([
    orderEvents.appendAll(
      tx,
      told.flatMap(({ event }) => event ?? []),
    ),
    audit.appendAll(
      tx,
      told.flatMap(({ entry }) => entry ?? []),
    ),
  ]);
}
