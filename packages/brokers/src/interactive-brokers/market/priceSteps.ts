import { ONE, type Fixed } from "../../domain/decimal.ts";
import { readNumber } from "../ibNumber.ts";
import type { IBPriceIncrement } from "../session/vendorTypes.ts";

/** From `from` dollars on, prices are multiples of `step`: a row of a market rule. */
export interface PriceStep {
  readonly from: Fixed;
  readonly step: Fixed;
}

/** A market rule as the gateway told it, the lowest prices first; what cannot be read is left out. */
export function readPriceSteps(increments: readonly IBPriceIncrement[]): readonly PriceStep[] {
  return increments
    .flatMap(({ lowEdge, increment }) => {
      const [from, step] = [readNumber(lowEdge), readNumber(increment)];
      return from === null || step === null || step <= 0n ? [] : [{ from, step }];
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** The step that holds at a price; null where the rule says nothing of it. */
export function stepAt(steps: readonly PriceStep[], price: Fixed): Fixed | null {
  return steps.findLast(({ from }) => from <= price)?.step ?? null;
}

/** The step of most prices: the one that holds at a dollar. */
export function stepAtADollar(steps: readonly PriceStep[]): Fixed | null {
  return stepAt(steps, ONE);
}
