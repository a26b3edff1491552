import type { Balances } from "../../domain/account.ts";
import type { PaperProfile } from "../profile.ts";

/** A day on the exchange, computed by hand. It begins at 10:00 of an open session with 100000 dollars. */
export interface Scenario {
  /** Starts with the rule that it shows. */
  readonly title: string;
  readonly profile?: Partial<PaperProfile>;
  readonly cash?: string;
  /**
   * Lines of `ScenarioRun`, each followed by all that it must say back, marked "=>", and by checks:
   * "? why a PX30 words of the sentence", "? status a filled", "? position 100 @ 100.02 [IBM]", "? flat [IBM]".
   */
  readonly script: string;
  /** Balances at the end, as far as they matter. */
  readonly balances?: Readonly<Partial<Record<keyof Balances, string>>>;
}
