import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/** Runs `take`; a wrong code is written down before it is refused. */
export async function refuseCode<Kind>(
  desk: Desk,
  { user, address }: { readonly user: Pick<Actor["user"], "id" | "username">; readonly address: string },
  take: () => Promise<Kind>,
): Promise<Kind> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== "BAD_CREDENTIALS") throw error;
    await desk.db.transaction((tx) =>
      desk.audit.append(tx, {
        chain: chains.user(user.id),
        userId: user.id,
        action: "code.refused",
        subject: user.id,
        mode: null,
        message: `A wrong second factor for ${user.username}`,
        details: { address },
      }),
    );
    throw error;
  }
}
