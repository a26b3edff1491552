import type { MockConfig } from "../mock/MockConfig.ts";

/** An API key pair. Paper and live accounts have different ones. */
export interface AlpacaKeys {
  readonly keyId: string;
  readonly secretKey: string;
}

/** Mock is the default; only `live` with its acknowledgement can ever mean real money. */
export type AlpacaConfig =
  | MockConfig
  | { readonly mode: "paper"; readonly keys: AlpacaKeys }
  | { readonly mode: "live"; readonly keys: AlpacaKeys; readonly liveAcknowledged: true };
