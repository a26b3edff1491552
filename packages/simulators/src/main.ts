import { readFile } from "node:fs/promises";
import { ReplayFeed, SyntheticFeed, SystemClock, type MarketFeed } from "@trenddojo/brokers";
import { money, type Clock } from "@trenddojo/brokers/domain";
import { parseFaultScript } from "./alpaca/faults/FaultScript.ts";
import { startAlpacaSimulator } from "./alpaca/startAlpacaSimulator.ts";
import { FileAccountStore } from "./FileAccountStore.ts";
import { FileJournal } from "./FileJournal.ts";
import {
  HELP,
  parseCommand,
  USAGE,
  type AlpacaCommand,
  type SimulatorCommand,
  type TwsCommand,
} from "./parseCommand.ts";
import { starters } from "./starters.ts";
import { parseTwsFaultScript } from "./tws/faults/TwsFaultScript.ts";
import { startTwsSimulator } from "./tws/startTwsSimulator.ts";

/** How often the parent is looked for: a package manager that is killed leaves its child behind. */
const PARENT_LOOK_MS = 250;

function openFeed({ replayFolder, seed, hours }: SimulatorCommand, clock: Clock): MarketFeed {
  if (replayFolder === null) return new SyntheticFeed({ clock, seed, hours });
  const report = ({
    file,
    line,
    reason,
  }: {
    readonly file: string;
    readonly line: number;
    readonly reason: string;
  }): void => {
    process.stderr.write(`${file}:${line}: ${reason}\n`);
  };
  return new ReplayFeed({ clock, folder: replayFolder, report });
}

async function run(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) return void process.stdout.write(HELP);
  const command = parseCommand(args);
  const clock = new SystemClock();
  using journal = command.journalFile === null ? null : new FileJournal(command.journalFile);
  const simulator = await (command.vendor === "alpaca"
    ? runAlpaca(command, clock, journal)
    : runTws(command, clock, journal));
  process.stdout.write(`${JSON.stringify(simulator.whereabouts)}\n`);
  await ended(clock);
  await simulator.stop();
}

/** A simulator that runs: what its line of JSON says, and how it ends. */
interface Running {
  readonly whereabouts: object;
  readonly stop: () => PromiseLike<void>;
}

async function runAlpaca(command: AlpacaCommand, clock: Clock, journal: FileJournal | null): Promise<Running> {
  const rules = command.faultsFile === null ? [] : parseFaultScript(await readFile(command.faultsFile, "utf8"));
  const simulator = await startAlpacaSimulator({
    clock,
    feed: openFeed(command, clock),
    accounts: [{ key: command.key, secret: command.secret, cash: money(command.cash) }],
    port: command.port,
    seed: command.seed,
    ...(journal === null ? {} : { journal }),
    ...(command.stateFile === null ? {} : { store: new FileAccountStore(command.stateFile) }),
  });
  for (const rule of rules) simulator.faults.add(rule);
  return { whereabouts: simulator.endpoints, stop: () => simulator[Symbol.asyncDispose]() };
}

async function runTws(command: TwsCommand, clock: Clock, journal: FileJournal | null): Promise<Running> {
  const rules = command.faultsFile === null ? [] : parseTwsFaultScript(await readFile(command.faultsFile, "utf8"));
  const simulator = await startTwsSimulator({
    clock,
    feed: openFeed(command, clock),
    accounts: command.accounts.map((id) => ({ id, cash: money(command.cash) })),
    port: command.port,
    seed: command.seed,
    maxVersion: command.maxVersion,
    ...(journal === null ? {} : { journal }),
    ...(command.stateFile === null ? {} : { store: new FileAccountStore(command.stateFile) }),
  });
  for (const rule of rules) simulator.faults.add(rule);
  const { host, port, accounts } = simulator;
  return { whereabouts: { host, port, accounts }, stop: () => simulator[Symbol.asyncDispose]() };
}

/** Resolves when this process is asked to stop, or those who started it are gone. */
async function ended(clock: Clock): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  const started = starters();
  while (!stop.signal.aborted && starters() === started) {
    await clock.sleep(PARENT_LOOK_MS, { signal: stop.signal }).catch(() => undefined);
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
}
