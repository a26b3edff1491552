import type { CallOptions } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { Position } from "../../domain/position.ts";
import type { AskingFor } from "../../judging/OrderJudge.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import type { ExecutionLedger } from "../orders/ExecutionLedger.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { AccountFacts } from "./AccountFacts.ts";
import { AccountWatch } from "./AccountWatch.ts";
import { readAccountUpdate, readPositions } from "./readAccount.ts";
import { toAccountFacts } from "./toAccountFacts.ts";

interface Asking {
  readonly changes: number;
  readonly urgency: AskingFor;
  readonly facts: Promise<AccountFacts>;
}

/** The same facts serve the questions that one order raises. */
const FRESH_MS = 1_000;

/** The account's money and positions, in the desk's words. */
export class IBAccount {
  readonly #gateway: Gateway;
  readonly #ledger: ExecutionLedger;
  readonly #watch: AccountWatch;
  #facts: { readonly facts: AccountFacts; readonly changes: number; readonly at: number } | null = null;
  #asking: Asking | null = null;
  /** Grows with everything that may have moved money: facts that were asked for before it are not kept. */
  #changes = 0;

  constructor(gateway: Gateway, ledger: ExecutionLedger) {
    this.#gateway = gateway;
    this.#ledger = ledger;
    this.#watch = new AccountWatch(gateway, () => this.changed());
  }

  /** A session is there, or one has lost what it was telling. @throws BrokerError */
  begin(isNewSession: boolean): Promise<void> {
    this.changed();
    return isNewSession ? this.#watch.begin() : this.#watch.renew();
  }

  /** Something happened: what was read before is old. */
  changed(): void {
    this.#changes += 1;
  }

  close(): void {
    this.#watch.close();
  }

  /** What was held when the gateway was asked last, however long ago; null before the first answer. */
  lastHeld(): readonly Position[] | null {
    return this.#facts?.facts.positions ?? null;
  }

  /**
   * What the gateway said within the last second, unless something happened since; else it is asked, once for all who wait.
   * @throws BrokerError
   */
  async facts(options: CallOptions = {}, urgency: AskingFor = "read"): Promise<AccountFacts> {
    const known = this.#facts;
    const now = this.#gateway.clock.monotonic();
    if (known?.changes === this.#changes && now - known.at <= FRESH_MS) return known.facts;
    return waitFor(INTERACTIVE_BROKERS, this.#ask(urgency), options, "refused");
  }

  #ask(urgency: AskingFor): Promise<AccountFacts> {
    const asked = this.#asking;
    // What is urgent does not wait behind a question that is not.
    if (asked?.changes === this.#changes && (urgency === "read" || asked.urgency === "reduce")) return asked.facts;
    const asking: Asking = { changes: this.#changes, urgency, facts: this.#askGateway(urgency) };
    this.#asking = asking;
    const end = (): void => {
      if (this.#asking === asking) this.#asking = null;
    };
    asking.facts.then(end, end);
    return asking.facts;
  }

  async #askGateway(urgency: AskingFor): Promise<AccountFacts> {
    const changes = this.#changes;
    const [update, held] = await Promise.all([
      readAccountUpdate(this.#gateway, urgency),
      readPositions(this.#gateway, urgency),
    ]);
    const facts = toAccountFacts({
      accountId: this.#gateway.accountId,
      update,
      summary: this.#watch.summary,
      held,
      ledger: this.#ledger,
      dayPnl: this.#watch.dayPnl,
      readAt: this.#gateway.brokerNow(),
    });
    this.#facts = { facts, changes, at: this.#gateway.clock.monotonic() };
    return facts;
  }
}
