// `pnpm sweep:network --runs N --seed S [--store embedded|postgres]`: one line a run, the count last, 1 where anything is wrong.
import { readSweep } from "../lib/readSweep.ts";
import { FAULTS } from "./planFault.ts";
import { sweepNetwork } from "./sweepNetwork.ts";

const command = readSweep("sweep:network", FAULTS.length);
if (command !== null) {
  const onRun = (line: string): void => void process.stdout.write(`${line}\n`);
  const tally = await sweepNetwork({ ...command, onRun });
  process.stdout.write(`${tally.commands()}\n`);
  process.stdout.write(`${tally.line({ store: command.store })}\n`);
  if (!tally.isClean) process.exitCode = 1;
}
