import { BrokerError } from "../../BrokerError.ts";
import type { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ALPACA } from "../alpacaName.ts";

/** Why a socket ended, and how long at least to stay away. */
export interface StreamFault {
  readonly error: BrokerError;
  /** Beside the backoff, which is always waited. */
  readonly leastWaitMs: number;
}

export const STREAM_WAITS_MS = {
  /** Alpaca keeps a half-dead connection for about 90 s, and allows one: https://github.com/QuantConnect/Lean.Brokerages.Alpaca/issues/39 */
  occupied: 90_000,
  /** A handshake refused with 429. */
  crowded: 30_000,
  /** What only a person can heal. */
  person: 60_000,
} as const;

export function streamFault(message: string, code: BrokerErrorCode, leastWaitMs = 0): StreamFault {
  return {
    error: new BrokerError(`${ALPACA}'s stream: ${message}`, code, ALPACA, { outcome: "refused" }),
    leastWaitMs,
  };
}
