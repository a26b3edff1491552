// `pnpm sweep:interleave --runs N --seed S [--plant NAME]`: what is wrong with a run as it is found; the count last, twice the same, or 1.
import { PLANTS } from "@trenddojo/server/testing";
import { readSweep } from "../lib/readSweep.ts";
import { sweepInterleavings } from "./sweepInterleavings.ts";

const command = readSweep("sweep:interleave", 300, process.argv.slice(2), { plants: PLANTS });
if (command !== null) {
  const { runs, seed } = command;
  const plant = PLANTS.find((name) => name === command.plant) ?? null;
  const onFault = (line: string): void => void process.stdout.write(`${line}\n`);
  const first = await sweepInterleavings({ runs, seed, plant, onFault });
  process.stdout.write(`${JSON.stringify({ ...first, seed, plant })}\n`);
  const second = await sweepInterleavings({ runs, seed, plant, onFault: () => undefined });
  const isSame = first.hash === second.hash;
  process.stdout.write(`${JSON.stringify({ ...second, seed, plant, isSame })}\n`);
  if (!isSame || first.faults > 0) process.exitCode = 1;
}
