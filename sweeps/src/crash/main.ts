// `pnpm sweep:crash --runs N --seed S [--broker alpaca|interactive-brokers] [--store embedded|postgres]`: one line a run, the count last, 1 where anything is wrong.
import { BROKER_KINDS } from "../desk/BrokerKind.ts";
import { readSweep } from "../lib/readSweep.ts";
import { sweepCrashes } from "./sweepCrashes.ts";

/** One core starts a desk while the other one's waits. */
const LANES = 2;

const command = readSweep("sweep:crash", 12, process.argv.slice(2), { brokers: BROKER_KINDS });
if (command !== null) {
  const onRun = (line: string): void => void process.stdout.write(`${line}\n`);
  const tally = await sweepCrashes({ ...command, lanes: LANES, onRun });
  process.stdout.write(`${tally.commands()}\n`);
  process.stdout.write(`${tally.line({ store: command.store, broker: command.broker })}\n`);
  if (!tally.isClean) process.exitCode = 1;
}
