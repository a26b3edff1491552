import { parseArgs } from "node:util";
import { commandName, type BrokerKind } from "../desk/BrokerKind.ts";

export interface SweepCommand {
  readonly runs: number;
  readonly seed: number;
  readonly store: "embedded" | "postgres";
  readonly broker: BrokerKind;
}

/**
 * Reads `--runs N --seed S [--broker alpaca|interactive-brokers] [--store embedded|postgres]`.
 * @param brokers those that this sweep has an oracle for
 * @returns null, having said why, where it is wrong
 */
export function readSweep(
  name: string,
  runs: number,
  args: readonly string[] = process.argv.slice(2),
  brokers: readonly BrokerKind[] = ["alpaca"],
): SweepCommand | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: "string", default: String(runs) },
        seed: { type: "string", default: "1" },
        broker: { type: "string", default: "alpaca" },
        store: { type: "string", default: "embedded" },
      },
    });
    const { store } = values;
    const broker = brokers.find((each) => commandName(each) === values.broker);
    if (broker === undefined) throw new Error(`--broker of this sweep is ${brokers.map(commandName).join(" or ")}`);
    if (store !== "embedded" && store !== "postgres") throw new Error("--store is embedded or postgres");
    return { runs: whole("--runs", values.runs, 1), seed: whole("--seed", values.seed, 0), store, broker };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `${why}\nusage: pnpm ${name} --runs N --seed S [--broker ${brokers.map(commandName).join("|")}] [--store embedded|postgres]\n`,
    );
    process.exitCode = 2;
    return null;
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= 2 ** 31 - 1) return value;
  throw new Error(`${name} is a whole number from ${least} on`);
}
