import { userId } from "@trenddojo/brokers/domain";
import { createDb } from "../../createDb.ts";
import { DbError } from "../../DbError.ts";
import * as users from "../../repositories/users.ts";

/**
 * Opens the data directory in its first argument and writes users named after its second one, each with what belongs to
 * it, for ever; says each name once it is committed.
 */
const [dataDir = "", prefix = ""] = process.argv.slice(2);
try {
  const { db } = await createDb({ dataDir });
  process.stdout.write("OPEN\n");
  for (let number = 1; ; number += 1) {
    const name = `${prefix}-${number}`;
    const user = { id: userId(name), username: name, passwordHash: "x", role: "trader", createdAt: number } as const;
    await db.transaction((tx) => users.insert(tx, user));
    process.stdout.write(`${name}\n`);
  }
} catch (error) {
  if (!(error instanceof DbError)) throw error;
  process.stdout.write(`${error.code} ${error.message}\n`);
  process.exitCode = 1;
}
