import { connectionId, userId } from "@trenddojo/brokers/domain";
import { z } from "zod";

/** What a process of the sweep is started with, as JSON. */
export const rotatorOptions = z.strictObject({
  task: z.enum(["rotate", "verify"]),
  databaseUrl: z.string().nullable(),
  dataDir: z.string(),
  credentials: z.number(),
  seed: z.number(),
});
export type RotatorOptions = z.infer<typeof rotatorOptions>;

/** What it says: after each row that it changed, and at its end. */
export const rotatorSaid = z.strictObject({
  /** Rows that it changed so far: data keys and envelopes. */
  changed: z.number(),
  reads: z.number(),
  failures: z.array(z.string()),
  /** Where it has come to its end; `opened`: of all credentials. */
  end: z.strictObject({ version: z.number(), isRotating: z.boolean(), opened: z.number() }).nullable(),
});
export type RotatorSaid = z.infer<typeof rotatorSaid>;

const USERS = 20;
const MODES = ["paper", "live", "mock"] as const;

/** Connection `index`: of one of twenty people, in each mode. */
export function connectionAt(index: number) {
  const mode = MODES[index % MODES.length] ?? "paper";
  const connection = connectionId(`c-${String(index).padStart(6, "0")}`);
  return { userId: userId(`u-${index % USERS}`), broker: "alpaca", mode, connectionId: connection } as const;
}

export function secretAt(index: number): Record<string, string> {
  return { keyId: `PK${index}`, secretKey: `secret-${index}` };
}
