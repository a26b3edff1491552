import type { Desk } from "../Desk.ts";
import { isoInstant } from "../wire/encode.ts";
import type { SystemInfo } from "../wire/system.ts";

/** What runs here. */
export function readSystemInfo(desk: Desk): SystemInfo {
  return { ...desk.info, now: isoInstant(desk.clock.now()) };
}
