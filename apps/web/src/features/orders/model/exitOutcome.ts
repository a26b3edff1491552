import { formatFixed, multiply, toNumber, tryParseFixed } from "@trenddojo/brokers/domain";
import type { DecimalString, Fixed, OrderSide } from "@trenddojo/brokers/domain";
import { exitsSell, stopsLoss, takesProfit } from "./exitsDraft.ts";
import type { ExitsDraft } from "./exitsDraft.ts";

/** What one exit would bring or cost. */
interface Outcome {
  readonly dollars: DecimalString;
  /** Of the entry: 0.061 is 6.1 %. */
  readonly share: number;
}

/** Each null while it cannot be reckoned, or where the price lies on the wrong side. */
interface ExitOutcome {
  readonly reward: Outcome | null;
  readonly risk: Outcome | null;
  /** Reward over risk. */
  readonly ratio: number | null;
}

interface Position {
  readonly side: OrderSide;
  readonly quantity: string;
  /** Where the exits are reckoned from: the entry's limit, or the market. */
  readonly entry: string | null;
  /** An `oco` takes its profit at the ticket's own limit. */
  readonly price: string;
}

/** What the exits would win and lose at exactly their prices, before fees: a stop may fill beyond its own. */
export function exitOutcome(exits: ExitsDraft, { side, quantity, entry, price }: Position): ExitOutcome {
  const from = tryParseFixed(entry);
  const shares = tryParseFixed(quantity);
  const sells = exitsSell(exits.choice, side);
  const outcome = (target: string | undefined, isGain: boolean): Outcome | null => {
    const to = tryParseFixed(target);
    if (from === undefined || shares === undefined || to === undefined || from <= 0n) return null;
    const gained: Fixed = sells ? to - from : from - to;
    const distance = isGain ? gained : -gained;
    if (distance <= 0n) return null;
    return {
      dollars: formatFixed(multiply(distance, shares, "half_even")),
      share: toNumber(distance) / toNumber(from),
    };
  };
  const target = exits.choice === "oco" ? price : takesProfit(exits.choice) ? exits.takeProfit : undefined;
  const reward = outcome(target, true);
  const risk = outcome(stopsLoss(exits.choice) ? exits.stopLoss : undefined, false);
  return { reward, risk, ratio: reward === null || risk === null ? null : reward.share / risk.share };
}
