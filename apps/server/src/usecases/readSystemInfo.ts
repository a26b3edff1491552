import { readDatabaseSize } from "@trenddojo/db";
import type { Desk } from "../Desk.ts";
import { isoInstant } from "../wire/encode.ts";
import type { SystemInfo } from "../wire/system.ts";

/** What runs here. */
export async function readSystemInfo(desk: Desk): Promise<SystemInfo> {
  const databaseBytes = await readDatabaseSize(desk.db);
  return { ...desk.info, databaseBytes, now: isoInstant(desk.clock.now()) };
}
