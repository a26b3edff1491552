import type { GatewayNotice } from "./GatewayEvents.ts";

/** "Error validating request", of which this is one kind. */
const INVALID = 321;

/** The gateway's "Read-Only API" is on: it takes no orders, and does not tell of any. */
export function saysReadOnly({ code, message }: Pick<GatewayNotice, "code" | "message">): boolean {
  return code === INVALID && /read.?only/i.test(message);
}
