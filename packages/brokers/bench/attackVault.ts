import { attackVault } from "../src/credentials/fuzz/attackVault.ts";
import { sweepRotation } from "../src/credentials/fuzz/sweepRotation.ts";
import { SeededRandom } from "../src/random/SeededRandom.ts";

// pnpm attack:vault [SEED]: what the tests do in small, in full.
const seed = Number(process.argv[2] ?? "20261123");
const attack = await attackVault({ envelopes: 1_000, swaps: 100_000 }, new SeededRandom(seed));
process.stdout.write(`${JSON.stringify({ seed, ...attack })}\n`);
const rotation = await sweepRotation({ credentials: 10_000, kills: 200 }, new SeededRandom(seed));
process.stdout.write(`${JSON.stringify({ seed, ...rotation })}\n`);
const isHeld =
  attack.accepted === 0 &&
  rotation.failedReads === 0 &&
  rotation.opened === rotation.credentials &&
  rotation.kills === 200 &&
  !rotation.isRotating;
process.exitCode = isHeld ? 0 : 1;
