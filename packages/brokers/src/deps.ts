import type { Clock } from "./domain/Clock.ts";
import type { Random } from "./domain/Random.ts";
import { SystemClock } from "./SystemClock.ts";
import { SystemRandom } from "./SystemRandom.ts";

/** What the core says to the log; pino satisfies it. `details` never carries a credential. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What every client and manager is given: time, chance and a log. */
export interface BrokerDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const nothing = (): void => undefined;
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The machine's own clock and chance, and a silent log, but for what `given` says. */
export function brokerDeps(given: Partial<BrokerDeps> = {}): BrokerDeps {
  return {
    clock: given.clock ?? new SystemClock(),
    random: given.random ?? new SystemRandom(),
    logger: given.logger ?? silentLogger,
  };
}
