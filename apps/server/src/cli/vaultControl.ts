import { z } from "zod";
import type { VaultKeys } from "../vault/VaultKeys.ts";
import { rotationReport, vaultStatus, vaultVerification } from "../vault/vaultReports.ts";

/** One JSON line from the command line, on the same socket as the others. */
export const vaultRequest = z.strictObject({
  command: z.enum(["vault status", "vault rotate", "vault verify", "vault abandon"]),
});
export type VaultRequest = z.infer<typeof vaultRequest>;

/** One JSON line back, after `here`. */
export const vaultAnswer = z.union([
  z.strictObject({ vaultStatus }),
  z.strictObject({ rotation: rotationReport }),
  z.strictObject({ verification: vaultVerification }),
  z.strictObject({ error: z.string() }),
]);
export type VaultAnswer = z.infer<typeof vaultAnswer>;

/** Does what the command line asks of a vault, the running desk's or one that was opened for it. */
export async function serveVault(
  keys: VaultKeys,
  { command }: VaultRequest,
  signal?: AbortSignal,
): Promise<VaultAnswer> {
  switch (command) {
    case "vault status":
      return { vaultStatus: await keys.status() };
    case "vault rotate":
      return { rotation: await keys.rotate(signal) };
    case "vault verify":
      return { verification: await keys.verify() };
    case "vault abandon": {
      const abandoned = await keys.abandon();
      if (abandoned === null)
        return { error: "nothing was done, for a data key opens: pnpm desk vault rotate renews those that do not" };
      return { verification: abandoned };
    }
  }
}
