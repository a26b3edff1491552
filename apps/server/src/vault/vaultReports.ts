import { z } from "zod";

/** What `pnpm desk vault status` tells. */
export const vaultStatus = z.object({
  source: z.enum(["file", "passphrase", "environment"]),
  /** Of the key-encryption key that wraps. */
  version: z.number(),
  /** Newest first; more than one during a rotation. */
  heldVersions: z.array(z.number()),
  /** `old`: wrapped by another key than the one that wraps now. */
  dataKeys: z.object({ inUse: z.number(), retired: z.number(), old: z.number() }),
  /** In memory now; the others are locked. */
  unlockedKeys: z.number(),
  credentials: z.number(),
  isRotating: z.boolean(),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

const damage = z.object({ name: z.string(), why: z.string() });

export const vaultVerification = z.object({ rows: z.number(), damaged: z.array(damage) });
export type VaultVerification = z.infer<typeof vaultVerification>;

export const rotationReport = z.object({
  version: z.number(),
  rewrapped: z.number(),
  resealed: z.number(),
  damaged: z.array(damage),
});
