import type { Random } from "../../domain/Random.ts";

/** One hostile combination: what somebody configured, and what the paper server answers to it. */
export interface WallCase {
  readonly entry: "client" | "registry" | "endpoints";
  readonly mode: unknown;
  readonly liveAcknowledged: unknown;
  readonly venue: unknown;
  readonly keys: { readonly keyId: string; readonly secretKey: string };
  readonly redirect: { readonly status: number; readonly location: string };
  readonly order: { readonly method: "GET" | "POST" | "PATCH" | "DELETE"; readonly path: string };
}

type Several<Item> = readonly [Item, ...Item[]];

const CHEAP_ENTRIES = ["registry", "endpoints"] as const;
/** Real money only where it is spelled and acknowledged exactly: none of these may ever reach it. */
const MODES: Several<unknown> = [
  "paper",
  "paper",
  "paper",
  "mock",
  "live",
  "LIVE",
  "Live ",
  "real",
  "",
  null,
  1,
  ["live"],
  undefined,
];
const NOT_ACKNOWLEDGED: Several<unknown> = [undefined, false, null, 0, 1, "true", "1", "yes", {}, [true]];
const LIVE_HOSTS: Several<string> = [
  "api.alpaca.markets",
  "API.ALPACA.MARKETS",
  "api.alpaca.markets.",
  "paper-api.alpaca.markets",
  "127.0.0.1@api.alpaca.markets",
  "api.alpaca.markets:443",
  "127.0.0.1.api.alpaca.markets",
  "[::ffff:8.8.8.8]",
  "203.0.113.7",
  "0.0.0.0",
  "localhost",
  "2130706433.example",
  "169.254.169.254",
  "127.0.0.1%2eapi.alpaca.markets",
];
const PROTOCOLS: Several<string> = ["http:", "https:", "ws:", "wss:", "HTTP:", "ftp:", ""];
const KEYS: Several<string> = ["PKTEST0000000000", "AKLIVE0000000000", "x", "", "PK\u00e9", "AK".repeat(40)];
const STATUSES: Several<number> = [200, 201, 204, 300, 301, 302, 303, 304, 307, 308, 401, 403, 429, 500];
const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
const PATHS: Several<string> = [
  "/v2/orders",
  "/v2/account",
  "//api.alpaca.markets/v2/orders",
  "/../v2/orders",
  "/v2/orders?x=@api",
];

/** @param simulator "127.0.0.1:4711", the one address that may be dialled */
export function wallCase(random: Random, simulator: string): WallCase {
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[random.integer(items.length)] ?? items[0];
  const host = (): string => (random.next() < 0.5 ? simulator : pick(LIVE_HOSTS));
  const address = (usual: string): string => `${random.next() < 0.6 ? usual : pick(PROTOCOLS)}//${host()}`;
  // A whole client opens streams as well, and costs fifty times what the others do.
  const entry = random.next() < 0.05 ? "client" : pick(CHEAP_ENTRIES);
  const mode = entry === "endpoints" && random.next() < 0.8 ? "paper" : pick(MODES);
  const isHonest = random.next() < 0.4;
  return {
    entry,
    mode,
    liveAcknowledged: pick(NOT_ACKNOWLEDGED),
    venue:
      random.next() < 0.1 && entry !== "endpoints" && mode !== "paper"
        ? { kind: "alpaca" }
        : isHonest
          ? { kind: "simulator", ...honest(simulator) }
          : {
              kind: random.next() < 0.9 ? "simulator" : pick(["Simulator", "live", "", "alpaca "]),
              trading: address("http:"),
              tradingStream: `${address("ws:")}/stream`,
              data: address("http:"),
              dataStream: address("ws:"),
            },
    keys: { keyId: pick(KEYS), secretKey: pick(KEYS) },
    redirect: {
      status: pick(STATUSES),
      location: `${pick(PROTOCOLS)}//${pick(LIVE_HOSTS)}${pick(["/v2/orders", "", "/stream"])}`,
    },
    order: { method: pick(METHODS), path: pick(PATHS) },
  };
}

function honest(simulator: string) {
  return {
    trading: `http://${simulator}`,
    tradingStream: `ws://${simulator}/stream`,
    data: `http://${simulator}`,
    dataStream: `ws://${simulator}`,
  };
}
