import { BrokerError } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ALPACA } from "./alpacaName.ts";

type BrokerMode = "paper" | "live";

/** Where one account is reached: those of one mode are of another type than the other's. No path, no trailing slash. */
export interface AlpacaEndpoints<M extends BrokerMode = BrokerMode> {
  readonly mode: M;
  /** Orders, positions, the account. */
  readonly trading: string;
  /** What becomes of orders, as it happens. */
  readonly tradingStream: string;
  /** Prices. */
  readonly data: string;
  /** Prices as they happen; the feed's path follows. */
  readonly dataStream: string;
}

/** Whose servers they are. A simulator is of the paper environment and on this machine, always. */
export type AlpacaVenue =
  | { readonly kind: "alpaca" }
  | ({ readonly kind: "simulator" } & Readonly<Record<Address, string>>);

type Address = Exclude<keyof AlpacaEndpoints, "mode">;

const DATA = { data: "https://data.alpaca.markets", dataStream: "wss://stream.data.alpaca.markets" };

/** https://docs.alpaca.markets/docs/paper-trading. Data comes from one host for both; the keys differ. */
const HOSTS: { readonly [M in BrokerMode]: AlpacaEndpoints<M> } = Object.freeze({
  paper: Object.freeze({
    mode: "paper",
    trading: "https://paper-api.alpaca.markets",
    tradingStream: "wss://paper-api.alpaca.markets/stream",
    ...DATA,
  }),
  live: Object.freeze({
    mode: "live",
    trading: "https://api.alpaca.markets",
    tradingStream: "wss://api.alpaca.markets/stream",
    ...DATA,
  }),
});

/** As a URL writes them. `localhost` is a name, and a name can be made to mean anything. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;
const SIMULATOR_PROTOCOLS = {
  trading: "http:",
  tradingStream: "ws:",
  data: "http:",
  dataStream: "ws:",
} as const satisfies Record<Address, string>;

/**
 * The wall between pretended and real money: a mode's hosts come from a table, never from a text that somebody gave,
 * and a simulator stands for the paper environment only.
 * @throws BrokerError NOT_SUPPORTED for a simulator that is not on a loopback address, or for live.
 */
export function endpointsOf<M extends BrokerMode>(
  mode: M,
  venue: AlpacaVenue = { kind: "alpaca" },
): AlpacaEndpoints<M> {
  if (venue.kind === "alpaca") return HOSTS[mode];
  if (mode !== "paper") throw refused("a simulator is of the paper environment, never of real money");
  return {
    mode,
    trading: loopback("trading", venue.trading),
    tradingStream: loopback("tradingStream", venue.tradingStream),
    data: loopback("data", venue.data),
    dataStream: loopback("dataStream", venue.dataStream),
  };
}

/** The socket of one feed of stock prices. A simulator may have named the feed already. */
export function dataStreamUrl({ dataStream }: AlpacaEndpoints, feed: string): string {
  return new URL(dataStream).pathname === "/" ? `${dataStream}/v2/${feed}` : dataStream;
}

function loopback(name: Address, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isFit =
    url !== null &&
    url.protocol === SIMULATOR_PROTOCOLS[name] &&
    LOOPBACK.test(url.hostname) &&
    `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (!isFit) throw refused(`a simulator's ${name} address is ${SIMULATOR_PROTOCOLS[name]}//127.0.0.1 with a port`);
  return text.replace(/\/$/, "");
}

function refused(message: string): BrokerError {
  return new BrokerError(message, BrokerErrorCode.NOT_SUPPORTED, ALPACA);
}
