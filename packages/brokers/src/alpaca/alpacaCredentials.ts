import { BrokerError } from "../BrokerError.ts";
import type { BrokerCredentials } from "../credentials/CredentialScope.ts";
import type { CredentialField } from "../domain/capabilities.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ALPACA } from "./alpacaName.ts";
import { ALPACA_FEEDS, type AlpacaFeed, type AlpacaKeys } from "./AlpacaTypes.ts";

const KEY_HELP = "From Alpaca's dashboard. Paper and live keys are different, and each is refused in the other mode.";
const MODES = ["paper", "live"] as const;

/** The form that connects Alpaca. The mock asks for nothing. */
export const ALPACA_CREDENTIAL_FIELDS: readonly CredentialField[] = [
  { name: "keyId", label: "API key ID", kind: "text", required: true, help: KEY_HELP, modes: MODES },
  {
    name: "secretKey",
    label: "API secret key",
    kind: "secret",
    required: true,
    help: "Shown once, when the key is made.",
    modes: MODES,
  },
  {
    name: "feed",
    label: "Prices",
    kind: "choice",
    required: false,
    defaultValue: "iex",
    choices: [
      { value: "iex", label: "IEX only (free)" },
      { value: "sip", label: "All exchanges (needs a subscription)" },
      { value: "delayed_sip", label: "All exchanges, 15 minutes late" },
    ],
    help: "What the account's data plan includes.",
    modes: MODES,
  },
];

/** Printable and without spaces: it goes into a header. */
const KEY = /^[\x21-\x7e]{1,256}$/;

/** @throws BrokerError AUTHENTICATION_FAILED; what was typed is not repeated. */
export function readAlpacaCredentials(credentials: BrokerCredentials): {
  readonly keys: AlpacaKeys;
  readonly feed: AlpacaFeed;
} {
  const { keyId = "", secretKey = "", feed = "" } = credentials;
  for (const [label, value] of [
    ["API key ID", keyId],
    ["API secret key", secretKey],
  ] as const) {
    if (!KEY.test(value)) {
      const message = value === "" ? `${label} is missing` : `${label} has no spaces and only printable characters`;
      throw new BrokerError(message, BrokerErrorCode.AUTHENTICATION_FAILED, ALPACA, { outcome: "refused" });
    }
  }
  return { keys: { keyId, secretKey }, feed: ALPACA_FEEDS.find((each) => each === feed) ?? "iex" };
}
