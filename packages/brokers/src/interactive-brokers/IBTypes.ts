import type { MockConfig } from "../mock/MockConfig.ts";

/** Where TWS or the IB Gateway listens. A port proves nothing about the account behind it. */
export interface GatewayAddress {
  readonly host: string;
  readonly port: number;
  /** The API client id; fixed, since only it can modify its own orders. */
  readonly clientId: number;
}

/** Mock is the default; only `live` with its acknowledgement can ever mean real money. */
export type IBConfig =
  | MockConfig
  | { readonly mode: "paper"; readonly gateway: GatewayAddress }
  | { readonly mode: "live"; readonly gateway: GatewayAddress; readonly liveAcknowledged: true };
