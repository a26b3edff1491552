import { parseArgs } from "node:util";
import { commandName, type BrokerKind } from "../desk/BrokerKind.ts";

export interface SweepCommand {
  readonly runs: number;
  readonly seed: number;
  readonly store: "embedded" | "postgres";
  readonly broker: BrokerKind;
  /** A fault of our own, which the sweep has to find; null: none. */
  readonly plant: string | null;
}

/** What a sweep takes besides runs, seed and store. */
export interface SweepChoices {
  /** Those that it has an oracle for. @default Alpaca */
  readonly brokers?: readonly BrokerKind[];
  /** Faults that it can plant, as a command writes them. @default none */
  readonly plants?: readonly string[];
}

/**
 * Reads `--runs N --seed S [--broker alpaca|interactive-brokers] [--store embedded|postgres] [--plant NAME]`.
 * @returns null, having said why, where it is wrong
 */
export function readSweep(
  name: string,
  runs: number,
  args: readonly string[] = process.argv.slice(2),
  { brokers = ["alpaca"], plants = [] }: SweepChoices = {},
): SweepCommand | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: "string", default: String(runs) },
        seed: { type: "string", default: "1" },
        broker: { type: "string", default: "alpaca" },
        store: { type: "string", default: "embedded" },
        plant: { type: "string" },
      },
    });
    const { store, plant = null } = values;
    const broker = brokers.find((each) => commandName(each) === values.broker);
    if (broker === undefined) throw new Error(`--broker of this sweep is ${brokers.map(commandName).join(" or ")}`);
    if (store !== "embedded" && store !== "postgres") throw new Error("--store is embedded or postgres");
    if (plant !== null && !plants.includes(plant))
      throw new Error(`--plant of this sweep is ${plants.length === 0 ? "not there" : plants.join(" or ")}`);
    return { runs: whole("--runs", values.runs, 1), seed: whole("--seed", values.seed, 0), store, broker, plant };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const choices = [`[--broker ${brokers.map(commandName).join("|")}]`, "[--store embedded|postgres]"];
    if (plants.length > 0) choices.push(`[--plant ${plants.join("|")}]`);
    process.stderr.write(`${why}\nusage: pnpm ${name} --runs N --seed S ${choices.join(" ")}\n`);
    process.exitCode = 2;
    return null;
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= 2 ** 31 - 1) return value;
  throw new Error(`${name} is a whole number from ${least} on`);
}
