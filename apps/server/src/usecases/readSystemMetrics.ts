import type { Desk } from "../Desk.ts";
import { isoInstant } from "../wire/encode.ts";
import type { SystemMetrics } from "../wire/system.ts";

/** What the desk has been doing in the last minute; sums over all its people, nothing of any one. */
export function readSystemMetrics({ clock, metrics, orderLatency }: Desk): SystemMetrics {
  return { now: isoInstant(clock.now()), samples: [...metrics.samples], orders: orderLatency.read() };
}
