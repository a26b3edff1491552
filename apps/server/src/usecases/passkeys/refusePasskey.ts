import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { PasskeyUse } from "../../auth/PasskeyChallenges.ts";
import type { WebAuthnRefusal } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/** For the log only: the person is told one and the same sentence. */
const REASONS = {
  unknown: "nobody here has it",
  challenge: "it answered too late, twice or to another question",
  proof: "it did not prove itself",
  counter: "its counter went back, as that of a copied key would, or it was removed meanwhile",
} as const satisfies Record<WebAuthnRefusal | "unknown" | "counter", string>;

/** Writes down why a passkey is refused, then refuses it. @throws DeskError PASSKEY_REFUSED */
export async function refusePasskey(
  desk: Desk,
  refused: {
    /** Null for a stranger. */
    readonly user: Pick<Actor["user"], "id" | "username"> | null;
    readonly purpose: PasskeyUse["purpose"];
    readonly reason: keyof typeof REASONS;
    readonly address: string;
  },
): Promise<never> {
  const { user, purpose, reason, address } = refused;
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: user === null ? chains.system : chains.user(user.id),
      userId: user?.id ?? null,
      action: purpose === "sign_in" ? "session.refused" : "passkey.refused",
      subject: user?.id ?? null,
      mode: null,
      message: `A passkey ${user === null ? "" : `of ${user.username} `}was refused: ${REASONS[reason]}`,
      details: { address, purpose, reason },
    }),
  );
  throw new DeskError("PASSKEY_REFUSED", "The passkey is not known here, or its answer was too late or no proof.");
}
