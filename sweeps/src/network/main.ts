// `pnpm sweep:network --runs N --seed S [--store embedded|postgres]`: one line a run, the count last, 1 where anything is wrong.
import { readSweep } from "../lib/readSweep.ts";
import { sweepNetwork } from "./sweepNetwork.ts";

const command = readSweep("sweep:network", 14);
if (command !== null) {
  const onRun = (line: string): void => void process.stdout.write(`${line}\n`);
  const tally = await sweepNetwork({ ...command, onRun });
  process.stdout.write(`${tally.line({ store: command.store })}\n`);
  // Whatever a run that failed has left open must not hold up who waits for the word.
  process.exit(tally.isClean ? 0 : 1);
}
