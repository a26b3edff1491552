import { halts, type Db } from "@trenddojo/db";
import type { HaltOf } from "./beginHalt.ts";

/** Whether this halt has not ended, and is thus still to be carried out. */
export async function isLasting(db: Db, { id, userId }: HaltOf): Promise<boolean> {
  return (await halts.findCurrent(db, userId))?.id === id;
}
