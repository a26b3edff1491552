import type { BrokerErrorCode } from "../../domain/errorCode.ts";

/**
 * Why there is no whole session with Interactive Brokers. A closed set: a screen has a sentence for each.
 *
 * - `not_running` nothing listens at the address · `lost` the socket was closed · `silent` it is open and answers nothing
 * - `no_handshake` something listens and does not answer as a gateway does · `unreadable` it sent what no gateway sends
 * - `not_logged_in` the gateway answers, and says neither accounts nor order ids: it waits for its login, or for 2FA
 * - `client_id_in_use` · `version` of the gateway is not spoken here · `wrong_account` live on a paper connection, or the
 *   reverse, or another account than before
 * - `forbidden_host` the address is neither this machine's nor one of a private network
 * - `servers_unreachable` the gateway is there, its own line to Interactive Brokers is not (1100, 2110)
 * - `restarting` the gateway is being restarted: what the last session said before it was lost
 */
export const GATEWAY_TROUBLES = [
  "not_running",
  "lost",
  "silent",
  "no_handshake",
  "unreadable",
  "not_logged_in",
  "client_id_in_use",
  "version",
  "wrong_account",
  "forbidden_host",
  "servers_unreachable",
  "restarting",
] as const;
export type GatewayTrouble = (typeof GATEWAY_TROUBLES)[number];

/** Why, in words, and what to do. */
export interface GatewayFault {
  readonly trouble: GatewayTrouble;
  readonly code: BrokerErrorCode;
  /** What happened and what to do about it, in a sentence or two. */
  readonly message: string;
}

/**
 * Where the session with the gateway stands.
 *
 * - `connecting` the first attempt, or one after a wait · `waiting` for the next attempt, at `retryAt` (monotonic clock)
 * - `ready` requests may be written · `degraded` the socket is up, and the gateway has lost Interactive Brokers: orders wait
 * - `closed` for good: by us (no fault), or for a fault that another attempt would not mend
 */
export type GatewayState =
  | { readonly kind: "connecting"; readonly fault: GatewayFault | null }
  | { readonly kind: "waiting"; readonly fault: GatewayFault; readonly retryAt: number }
  | { readonly kind: "ready" }
  | { readonly kind: "degraded"; readonly fault: GatewayFault }
  | { readonly kind: "closed"; readonly fault: GatewayFault | null };
