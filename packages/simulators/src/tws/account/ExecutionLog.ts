import type { Fixed } from "@trenddojo/brokers/domain";
import { easternDate } from "../easternTime.ts";
import type { TwsOrder } from "../orders/TwsOrder.ts";

/** A fill as TWS reports it. */
export interface TwsExecution {
  /** "0000e0d5.69dd7411.01.01"; a correction ends in .02. */
  readonly id: string;
  /** Market time, epoch milliseconds. */
  readonly at: number;
  /** A copy of the order as it was right after. */
  readonly order: TwsOrder;
  readonly shares: Fixed;
  readonly price: Fixed;
  readonly cumulative: Fixed;
  readonly averagePrice: Fixed;
  /** Added liquidity (1) or took it (2). */
  readonly lastLiquidity: 1 | 2;
  readonly commission: Fixed;
  /** What it gained; null of an opening fill. */
  readonly realized: Fixed | null;
}

/** The executions of the market day that is on: TWS forgets the others at midnight. */
export class ExecutionLog {
  readonly #prefix: string;
  #counter: number;
  #day = "";
  #today: TwsExecution[] = [];

  /** @param prefix eight hexadecimal digits. */
  constructor(prefix: string, counter = 0) {
    this.#prefix = prefix;
    this.#counter = counter;
  }

  get counter(): number {
    return this.#counter;
  }

  nextId(): string {
    this.#counter += 1;
    return `${this.#prefix}.${this.#counter.toString(16).padStart(8, "0")}.01.01`;
  }

  add(execution: TwsExecution): void {
    this.today(execution.at);
    this.#today.push(execution);
  }

  /** Oldest first. */
  today(now: number): readonly TwsExecution[] {
    const day = easternDate(now);
    if (day !== this.#day) this.#today = this.#today.filter(({ at }) => easternDate(at) === day);
    this.#day = day;
    return this.#today;
  }

  find(id: string): TwsExecution | undefined {
    return this.#today.find((each) => each.id === id);
  }
}

/** The id of a correction: the last part counts up. */
export function correctedId(id: string): string {
  const parts = id.split(".");
  const last = Number(parts.pop()) + 1;
  return [...parts, String(last).padStart(2, "0")].join(".");
}
