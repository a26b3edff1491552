import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import { accountFigures, ledgerFigures, SUMMARY_TAGS, type AccountFigure } from "./summaryTags.ts";
import type { TwsAccount } from "./TwsAccount.ts";

const MOST = 2;

interface Summary {
  readonly requestId: number;
  readonly tags: readonly string[];
  readonly told: Map<string, string>;
}

/** The summaries that one client has asked for: two at most. */
export class SummaryRequests {
  readonly #accounts: readonly TwsAccount[];
  readonly #say: (reply: TwsReply) => void;
  readonly #cancelFrees: boolean;
  readonly #open = new Map<number, Summary>();
  #used = 0;

  constructor(accounts: readonly TwsAccount[], say: (reply: TwsReply) => void, cancelFrees: boolean) {
    this.#accounts = accounts;
    this.#say = say;
    this.#cancelFrees = cancelFrees;
  }

  /** @throws TwsRefusal */
  open(requestId: number, group: string, tags: string): void {
    if (this.#open.has(requestId))
      throw new TwsRefusal(322, "Error processing request.-'bI' : cause - Duplicate ticker id");
    if (this.#used >= MOST) {
      const cause = "Maximum number of account summary requests exceeded";
      throw new TwsRefusal(322, `Error processing request.-'bI' : cause - ${cause}`);
    }
    if (group !== "All") throw new TwsRefusal(321, "Error validating request.-'bI' : cause - Group name is not valid");
    const names = tags.split(",").map((tag) => tag.trim());
    const unknown = names.find((tag) => !SUMMARY_TAGS.has(tag) && !/^\$LEDGER(:[A-Z]{3})?$/.test(tag));
    if (unknown !== undefined)
      throw new TwsRefusal(321, `Error validating request.-'bI' : cause - Invalid tag ${unknown}`);
    this.#used += 1;
    const summary = { requestId, tags: names, told: new Map<string, string>() };
    this.#open.set(requestId, summary);
    this.#tell(summary);
    this.#say({ kind: "accountSummaryEnd", requestId });
  }

  cancel(requestId: number): void {
    if (this.#open.delete(requestId) && this.#cancelFrees) this.#used -= 1;
  }

  /** Tells the tags that changed. */
  push(): void {
    for (const summary of this.#open.values()) this.#tell(summary);
  }

  #tell({ requestId, tags, told }: Summary): void {
    for (const account of this.#accounts) {
      for (const [tag, { value, currency }] of figuresOf(account, tags)) {
        const name = `${account.id} ${tag}`;
        if (told.get(name) === value) continue;
        told.set(name, value);
        this.#say({ kind: "accountSummary", requestId, account: account.id, tag, value, currency });
      }
    }
  }
}

function figuresOf(account: TwsAccount, tags: readonly string[]): readonly (readonly [string, AccountFigure])[] {
  const balances = account.balances();
  const figures = accountFigures(balances, account.id, account.lastEquity);
  return tags.flatMap((tag) => {
    if (tag.startsWith("$LEDGER")) {
      // There is one currency here, whichever is asked for.
      return tag.endsWith(":USD") || !tag.includes(":") || tag.endsWith(":ALL") ? [...ledgerFigures(balances)] : [];
    }
    const figure = figures.get(tag);
    return figure === undefined ? [] : [[tag, figure] as const];
  });
}
