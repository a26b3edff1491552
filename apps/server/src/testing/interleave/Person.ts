import type { Clock, Random } from "@trenddojo/brokers/domain";
import type { AccountRow } from "@trenddojo/db";
import type { DeskLife } from "./DeskLife.ts";
import type { FakeBroker } from "./FakeBroker.ts";
import { intentOf } from "./seedAccount.ts";
import type { Turns } from "./Turns.ts";

/** Most turns of waiting before somebody cancels, replaces, halts or, after that, lets trading go on. */
const LATEST_ACT = 120;

/** What somebody does with an order that was placed; half of the time one thing at most. */
const DEEDS = [
  [],
  ["cancel"],
  ["replace"],
  ["replace", "cancel"],
  ["cancel", "cancel"],
  ["replace", "replace"],
] as const;

/** Dollars that an order is changed to, one after the other. */
const NEW_PRICES = ["10.05", "10.10"] as const;

interface PersonParts {
  readonly turns: Turns;
  readonly random: Random;
  readonly clock: Pick<Clock, "now">;
  readonly broker: FakeBroker;
  readonly account: AccountRow;
  /** The one that lives. */
  readonly desk: () => DeskLife;
}

/** Somebody who cancels and replaces orders, and stops trading, at moments that chance chooses; and remembers what was said. */
export class Person {
  /** Client order ids that were told to be canceled. */
  readonly toldCanceled = new Set<string>();
  /** By client order id, the prices that were asked for. */
  readonly askedPrices = new Map<string, readonly string[]>();
  /** What was wrong at the moment at which it was told. */
  readonly seen: string[] = [];
  readonly #parts: PersonParts;
  #plans = 0;

  constructor(parts: PersonParts) {
    this.#parts = parts;
  }

  /** Nothing is left that was planned. */
  get isIdle(): boolean {
    return this.#plans === 0;
  }

  /** @param names of the orders that are placed */
  plan(names: readonly string[]): void {
    const { random, desk } = this.#parts;
    for (const name of names) {
      const prices: string[] = [...NEW_PRICES];
      for (const deed of DEEDS[random.integer(DEEDS.length)] ?? []) {
        const price = prices.shift() ?? NEW_PRICES[0];
        if (deed === "cancel") this.#later(`cancel ${name}`, () => this.#cancel(name));
        else this.#later(`replace ${name}`, () => this.#replace(name, price));
      }
    }
    if (random.integer(2) > 0) return;
    this.#later("halt", () => {
      const halted = desk().halt();
      this.#later("resume", () => desk().resume());
      return halted;
    });
  }

  async #cancel(name: string): Promise<void> {
    const { desk, broker } = this.#parts;
    const { id, clientOrderId: own } = this.#intent(name);
    const view = await desk().cancel(id);
    if (view?.state !== "CANCELED") return;
    this.toldCanceled.add(own);
    const there = broker.books.orders.get(own)?.status;
    if (there !== "canceled") this.seen.push(`${own} is told to be canceled, and is ${there} there`);
  }

  async #replace(name: string, price: string): Promise<void> {
    const { id, clientOrderId: own } = this.#intent(name);
    this.askedPrices.set(own, [...(this.askedPrices.get(own) ?? []), price]);
    await this.#parts.desk().replace(id, price);
  }

  #intent(name: string): ReturnType<typeof intentOf> {
    return intentOf(this.#parts.account, name, this.#parts.clock.now());
  }

  #later(what: string, act: () => Promise<void>): void {
    const { turns, random } = this.#parts;
    const begin = (): void => {
      void act().catch((error: unknown) => this.seen.push(error instanceof Error ? String(error.stack) : "thrown"));
    };
    this.#plans += 1;
    void turns
      .wait(random.integer(LATEST_ACT), "meanwhile")
      .then(() => turns.take(what, begin))
      .finally(() => (this.#plans -= 1));
  }
}
