import { secondFactors } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { FactorsView } from "../../wire/factors.ts";
import { hasSecondFactor } from "./takeCode.ts";

/** What the person has beside the password. */
export async function readFactors(desk: Desk, actor: Actor): Promise<FactorsView> {
  return {
    app: await hasSecondFactor(desk, actor.user.id),
    recoveryCodes: await secondFactors.countRecoveryCodes(desk.db, actor.user.id),
  };
}
