// `pnpm sweep:interleave --runs N --seed S`: what is wrong with a run as it is found; the count last, twice the same, or 1.
import { readSweep } from "../lib/readSweep.ts";
import { sweepInterleavings } from "./sweepInterleavings.ts";

const command = readSweep("sweep:interleave", 300);
if (command !== null) {
  const { runs, seed } = command;
  const onFault = (line: string): void => void process.stdout.write(`${line}\n`);
  const first = await sweepInterleavings({ runs, seed, onFault });
  process.stdout.write(`${JSON.stringify({ ...first, seed })}\n`);
  const second = await sweepInterleavings({ runs, seed, onFault: () => undefined });
  const isSame = first.hash === second.hash;
  process.stdout.write(`${JSON.stringify({ ...second, seed, isSame })}\n`);
  if (!isSame || first.faults > 0) process.exitCode = 1;
}
