import { attackVault } from "../src/credentials/fuzz/attackVault.ts";
import { SeededRandom } from "../src/random/SeededRandom.ts";

// pnpm attack:vault [SEED]: what the tests do in small, in full. `pnpm sweep:rotation` has the rotation.
const seed = Number(process.argv[2] ?? "20261123");
const attack = await attackVault({ envelopes: 1_000, swaps: 100_000 }, new SeededRandom(seed));
process.stdout.write(`${JSON.stringify({ seed, ...attack })}\n`);
process.exitCode = attack.accepted === 0 ? 0 : 1;
