import { passkeys, secondFactors } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { FactorsView } from "../../wire/factors.ts";
import { hasApp } from "./hasSecondFactor.ts";

/** What the person has beside the password. */
export async function readFactors(desk: Desk, actor: Actor): Promise<FactorsView> {
  return {
    app: await hasApp(desk.db, actor.user.id),
    passkeys: await passkeys.countByUser(desk.db, actor.user.id),
    recoveryCodes: await secondFactors.countRecoveryCodes(desk.db, actor.user.id),
  };
}
