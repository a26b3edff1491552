import { newYorkTimeText } from "../../calendar/newYorkTime.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { refusal } from "./refusals.ts";

/** A clock that is set right moves by less; beyond it the account belongs to another market's time. */
const LARGEST_STEP_BACK_MS = 300_000;

/**
 * An account that has lived longer than the market stands would find every quote too old and wait for ever. A step back
 * of up to five minutes is waited out instead: market time never falls (PX1).
 * @param livedUntil the account's last instant, epoch milliseconds; minus infinity for a new one.
 * @throws BrokerError CONNECTION_FAILED
 */
export function refuseTimeFall(broker: string, livedUntil: number, marketNow: number): void {
  if (livedUntil - marketNow <= LARGEST_STEP_BACK_MS) return;
  const lived = newYorkTimeText(livedUntil);
  const market = newYorkTimeText(marketNow);
  throw refusal(
    broker,
    BrokerErrorCode.CONNECTION_FAILED,
    `This account has lived until ${lived}; the market stands at ${market} (New York time). Add a new paper account for this market, or use another DATA_DIR.`,
    { livedUntil, marketNow },
  );
}
