import { expect, it } from "vitest";
import { Oracle } from "../oracle/Oracle.ts";
import { startSignedIn } from "./DeskProcess.ts";
import { prepareDesk } from "./prepareDesk.ts";

/** A session that is not used ends after 30 minutes. */
const LATER_MS = 45 * 60_000;

it("[SV521] a run that begins long after its desk was prepared is signed in", async () => {
  await using oracle = new Oracle();
  await using prepared = await prepareDesk(oracle, "embedded");
  await using copy = await prepared.copy();
  await using simulator = await oracle.open({ seed: 1, journalFile: `${copy.folder}/journal`, latencyMs: 0 });
  await using desk = await startSignedIn({
    dataDir: copy.dataDir,
    databaseUrl: null,
    venue: simulator.url,
    fail: null,
    haste: 1,
    aheadMs: LATER_MS,
    logLevel: "fatal",
  });
  const accounts = await desk.client.api.accounts.list.query();
  expect(accounts.map(({ id }) => id)).toContain(prepared.accountId);
});
