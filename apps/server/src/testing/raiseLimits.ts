import { RAISABLE_LIMITS } from "../wire/risk.ts";
import type { TestClient } from "./createTestClient.ts";
import { OWNER } from "./people.ts";

type Field = (typeof RAISABLE_LIMITS)[number];

/** Room for orders that only the account itself is too small for. */
export const WIDE = { maxPositionFraction: "10", maxExposureFraction: "10", maxOrderValue: "100000000" } as const;

/** Raises limits of one of the owner's accounts for an hour, and answers what ends that. */
export async function raiseLimits(
  { api }: Pick<TestClient, "api">,
  accountId: string,
  to: Partial<Readonly<Record<Field, string>>>,
): Promise<() => Promise<void>> {
  for (const field of RAISABLE_LIMITS) {
    const raisedTo = to[field];
    if (raisedTo === undefined) continue;
    await api.risk.raise.mutate({ accountId, field, raisedTo, minutes: 60, password: OWNER.password });
  }
  return async () => {
    const { raises } = await api.risk.policy.query({ accountId });
    for (const { id: raiseId } of raises) await api.risk.endRaise.mutate({ raiseId });
  };
}
