import { parseArgs } from "node:util";

interface CommonCommand {
  readonly port: number;
  readonly seed: number;
  /** A recorded day's folder; null for invented prices. */
  readonly replayFolder: string | null;
  /** When invented prices tick: at all hours, or in the exchange's sessions, which open and close with auctions. */
  readonly hours: "always" | "exchange";
  /** Dollars, as they were written. */
  readonly cash: string;
  readonly faultsFile: string | null;
  /** Where the account is kept; null where it ends with the process. */
  readonly stateFile: string | null;
  /** Where requests and orders are written as they happen; null where they are not. */
  readonly journalFile: string | null;
}

export interface AlpacaCommand extends CommonCommand {
  readonly vendor: "alpaca";
  readonly key: string;
  readonly secret: string;
}

export interface TwsCommand extends CommonCommand {
  readonly vendor: "tws";
  /** The newest version of the API that is spoken, 157 to 193. */
  readonly maxVersion: number;
  readonly accounts: readonly string[];
}

/** What the command line asked for. */
export type SimulatorCommand = AlpacaCommand | TwsCommand;

/** What was asked for cannot be done: said in one line, with the usage. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

const COMMON_USAGE =
  "[--seed X] [--feed synthetic|replay:FOLDER] [--hours always|exchange] [--cash N] [--faults FILE] [--state FILE] [--journal FILE]";

export const USAGE = `pnpm sim alpaca --port N --key K --secret S ${COMMON_USAGE}
pnpm sim tws --port N [--max-version 193] [--accounts DU1234567] ${COMMON_USAGE}`;

export const HELP = `${USAGE}

A broker on this machine: an Alpaca, or the gateway of Interactive Brokers (TWS). One line of JSON says where it answers.

  --port N        on 127.0.0.1; 0 takes a free one
  --seed X        names the invented prices, and every id (1)
  --feed          synthetic, or replay:FOLDER of a recorded day (synthetic)
  --hours         of synthetic prices: always, or exchange with its sessions, openings and closings (always)
  --cash          dollars of a new account (alpaca 100000, tws 1000000)
  --faults FILE   rules of what goes wrong, one a line
  --state FILE    keeps the account, over kills too
  --journal FILE  appends each request with its outcome and all that becomes of each order, a line of JSON each;
                  another process may read it meanwhile

alpaca:
  --key, --secret what a client signs in with

tws:
  --max-version   the newest version of the API that it speaks, 157 to 193 (193)
  --accounts      ids of accounts, with commas between them (DU1234567)
`;

const OPTIONS = {
  port: { type: "string" },
  key: { type: "string" },
  secret: { type: "string" },
  seed: { type: "string", default: "1" },
  feed: { type: "string", default: "synthetic" },
  cash: { type: "string" },
  faults: { type: "string" },
  state: { type: "string" },
  journal: { type: "string" },
  hours: { type: "string", default: "always" },
  "max-version": { type: "string" },
  accounts: { type: "string" },
} as const;

type Values = ReturnType<typeof read>["values"];

const OLDEST_VERSION = 157;
const NEWEST_VERSION = 193;
const ACCOUNT_ID = /^[A-Z0-9]{4,12}$/;

/** @throws CommandError */
export function parseCommand(args: readonly string[]): SimulatorCommand {
  const { values, positionals } = read(args);
  const vendor = positionals.join(" ");
  if (vendor === "alpaca") return alpacaCommand(values);
  if (vendor === "tws") return twsCommand(values);
  throw new CommandError("name what to simulate: alpaca or tws");
}

function alpacaCommand(values: Values): AlpacaCommand {
  const { key, secret } = values;
  for (const name of ["max-version", "accounts"] as const) {
    if (values[name] !== undefined) throw new CommandError(`--${name} is of tws`);
  }
  if (!key || !secret) throw new CommandError("--key and --secret are what a client signs in with");
  return { vendor: "alpaca", ...common(values, "100000"), key, secret };
}

function twsCommand(values: Values): TwsCommand {
  for (const name of ["key", "secret"] as const) {
    if (values[name] !== undefined) throw new CommandError(`--${name} is of alpaca; tws has no secrets`);
  }
  const accounts = (values.accounts ?? "DU1234567").split(",");
  if (!accounts.every((id) => ACCOUNT_ID.test(id)) || new Set(accounts).size !== accounts.length) {
    throw new CommandError("--accounts are ids of 4 to 12 capital letters and digits, with commas between them");
  }
  const maxVersion = whole("--max-version", values["max-version"] ?? `${NEWEST_VERSION}`, NEWEST_VERSION);
  if (maxVersion < OLDEST_VERSION) {
    throw new CommandError(`--max-version is from ${OLDEST_VERSION} to ${NEWEST_VERSION}`);
  }
  return { vendor: "tws", ...common(values, "1000000"), maxVersion, accounts };
}

function common(values: Values, usualCash: string): CommonCommand {
  const { port, seed, feed, cash, faults, state, journal, hours } = values;
  const replayFolder = /^replay:(.+)$/.exec(feed)?.[1] ?? null;
  if (feed !== "synthetic" && replayFolder === null) throw new CommandError("--feed is synthetic or replay:FOLDER");
  if (hours !== "always" && hours !== "exchange") throw new CommandError("--hours is always or exchange");
  if (hours === "exchange" && replayFolder !== null) throw new CommandError("--hours is of synthetic prices");
  return {
    port: whole("--port", port ?? "", 65_535),
    seed: whole("--seed", seed, Number.MAX_SAFE_INTEGER),
    replayFolder,
    cash: cash ?? usualCash,
    faultsFile: faults ?? null,
    stateFile: state ?? null,
    journalFile: journal ?? null,
    hours,
  };
}

function read(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new CommandError(cause instanceof Error ? cause.message : "the command line cannot be read", { cause });
  }
}

function whole(name: string, text: string, largest: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= largest)) throw new CommandError(`${name} is a whole number from 0 to ${largest}`);
  return value;
}
