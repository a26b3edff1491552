import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import * as keyChecks from "./keyChecks.ts";

await describeEachDriver("checks of key-encryption keys", (db) => {
  test("[DB151] one a version, the last that was stored, and nothing that is no digest", async () => {
    const [first, second] = ["a".repeat(64), "b".repeat(64)];
    await keyChecks.put(db(), 1, first);
    await keyChecks.put(db(), 2, first);
    await keyChecks.put(db(), 1, second);
    expect(await keyChecks.list(db())).toEqual(
      new Map([
        [1, second],
        [2, first],
      ]),
    );
    const refusal = await keyChecks.put(db(), 3, "the key itself").then(() => null, classifyDriverError);
    expect(refusal).toMatchObject({ kind: "check", constraint: "key_checks_digest_check" });
  });
});
