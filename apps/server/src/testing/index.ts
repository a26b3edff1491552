/** What a sweep needs to run a whole desk and to speak to it. */
export { createLogger } from "../createLogger.ts";
export { percentile } from "../lib/percentile.ts";
export { createServer } from "../createServer.ts";
export type { Server } from "../createServer.ts";
export { FAIL_POINTS } from "../orders/FailPoint.ts";
export type { FailPointName } from "../orders/FailPoint.ts";
export { createTestClient } from "./createTestClient.ts";
export type { TestClient } from "./createTestClient.ts";
export { OWNER } from "./people.ts";
export { until } from "./until.ts";
export { interleave } from "./interleave/interleave.ts";
export type { Interleaving } from "./interleave/interleave.ts";
export { PLANTS } from "./interleave/plants.ts";
export type { Plant } from "./interleave/plants.ts";
