import type { ExchangeSession } from "./sessionAt.ts";

/**
 * The same answers as `sessionOf` (`sessionAt` or `alwaysOpenSession`), remembered until the session ends, for the
 * path of every tick. One for each caller: times that jump about make it forget.
 */
export function sessionMemo(sessionOf: (epochMs: number) => ExchangeSession): (epochMs: number) => ExchangeSession {
  let from = 0;
  let known: ExchangeSession | undefined;
  return (epochMs) => {
    if (known === undefined || epochMs < from || epochMs >= known.sessionEndsAt) {
      known = sessionOf(epochMs);
      from = epochMs;
    }
    return known;
  };
}
