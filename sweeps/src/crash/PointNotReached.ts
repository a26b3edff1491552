import type { CrashPoint } from "./planCrash.ts";

/** The desk lived on: none of its orders came to the point of its death, so that the run has proven nothing. */
export class PointNotReached extends Error {
  override readonly name = "PointNotReached";

  /** @param seen what its orders became, and what it said */
  constructor(point: CrashPoint, nth: number, seen: string) {
    super(`the desk was not killed at ${point} (${nth}), and nothing goes on there any more; ${seen}`);
  }
}
