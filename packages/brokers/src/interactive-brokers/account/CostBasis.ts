import { abs, divide, min, multiply, type Fixed } from "../../domain/decimal.ts";
import type { Execution } from "../orders/ExecutionLedger.ts";

/** What a position cost, and what closing parts of it earned, fees not included. */
export interface Basis {
  readonly averagePrice: Fixed;
  readonly realized: Fixed;
}

interface Running {
  held: Fixed;
  cost: Fixed;
  realized: Fixed;
}

/**
 * Reckons what each position cost from executions, since the average that the gateway tells has its commissions in it.
 * @param executions of today, in their order. @returns by contract id; a position that they do not account for, because it
 * is older, has none
 */
export function basisOf(
  executions: readonly Execution[],
  held: ReadonlyMap<number, Fixed>,
): ReadonlyMap<number, Basis> {
  const running = new Map<number, Running>();
  for (const execution of executions) {
    const { conId } = execution;
    const before = running.get(conId) ?? { held: 0n, cost: 0n, realized: 0n };
    running.set(conId, after(before, execution));
  }
  const explained = [...running].filter(([conId, each]) => each.held === (held.get(conId) ?? 0n));
  return new Map(
    explained.map(([conId, { held: shares, cost, realized }]) => [
      conId,
      { averagePrice: shares === 0n ? 0n : divide(cost, shares, "half_even"), realized },
    ]),
  );
}

/** The cost of what is held is signed as it is. */
function after({ held, cost, realized }: Running, { side, quantity, price }: Execution): Running {
  const signed = side === "buy" ? quantity : -quantity;
  const isClosing = held !== 0n && held > 0n !== signed > 0n;
  if (!isClosing) return { held: held + signed, cost: cost + multiply(signed, price, "half_even"), realized };
  const closed = min(quantity, abs(held));
  const sign = held > 0n ? 1n : -1n;
  const average = divide(cost, held, "half_even");
  const gained = sign * multiply(closed, price - average, "half_even");
  const left = held - sign * closed;
  const opened = signed + sign * closed;
  return {
    held: left + opened,
    cost: multiply(left, average, "half_even") + multiply(opened, price, "half_even"),
    realized: realized + gained,
  };
}
