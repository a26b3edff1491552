import type { Clock } from "@trenddojo/brokers/domain";
import type { Portfolio } from "@trenddojo/server/wire";

/**
 * A portfolio that has just come in, with its receipt on this page's clock. The desk sends one the moment it has it;
 * its age is reckoned from here, or a browser whose clock is a minute off would call every number stale.
 */
export function heardNow(portfolio: Portfolio, clock: Clock): Portfolio {
  return { ...portfolio, receivedAt: new Date(clock.now()).toISOString() };
}
