// `pnpm sweep:duplicates --runs KEYS --seed S`: a thousand submits of each key at once; the count last, 1 where anything is wrong.
import { readSweep } from "../lib/readSweep.ts";
import { sweepDuplicates } from "./sweepDuplicates.ts";

const command = readSweep("sweep:duplicates", 100);
if (command !== null) {
  const { runs: keys, seed } = command;
  const onKey = (line: string): void => void process.stdout.write(`${line}\n`);
  const count = await sweepDuplicates({ keys, submits: 1_000, seed, onKey });
  process.stdout.write(`${JSON.stringify(count)}\n`);
  if (count.brokerOrders !== keys || count.differentAnswers + count.takenChanges > 0) process.exitCode = 1;
}
