import { formatFixed, type Position } from "@trenddojo/brokers/domain";
import type { TwsAccount } from "./TwsAccount.ts";

/** A position as TWS writes it; all zero of one that is closed. */
export interface PositionFigures {
  readonly position: string;
  readonly averageCost: string;
  readonly marketPrice: string;
  readonly marketValue: string;
  readonly unrealized: string;
  readonly realized: string;
}

export function positionFigures(account: TwsAccount, symbol: string): PositionFigures {
  const held: Position | undefined = account.positions().find((each) => each.symbol === symbol);
  return {
    position: held?.quantity ?? "0",
    averageCost: held?.averagePrice ?? "0",
    marketPrice: held?.marketPrice ?? "0",
    marketValue: held?.marketValue ?? "0",
    unrealized: held?.unrealizedPnl ?? "0",
    realized: formatFixed(account.costs.realized(symbol)),
  };
}
