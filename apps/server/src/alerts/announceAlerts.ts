import type { UserId } from "@trenddojo/brokers/domain";
import { subjects, type TickBus } from "../streams/TickBus.ts";

/** After the commit: the user's screens look again, and the webhooks are served. */
export function announceAlerts(bus: TickBus, userId: UserId): void {
  bus.publish(subjects.alerts(userId));
  bus.publish(subjects.anyAlerts);
}
