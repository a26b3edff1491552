import type { VaultAnswer } from "./vaultControl.ts";

const SOURCES = {
  file: "the key file",
  passphrase: "the key file, protected by a passphrase",
  environment: "CREDENTIAL_KEY",
} as const;

/** What a person reads, and whether all is well. */
export function vaultText(answer: VaultAnswer): { readonly text: string; readonly isWell: boolean } {
  if ("error" in answer) return { text: answer.error, isWell: false };
  if ("vaultStatus" in answer) {
    const { source, version, heldVersions, dataKeys, unlockedKeys, credentials, isRotating } = answer.vaultStatus;
    const lines = [
      `Key ${version} from ${SOURCES[source]} wraps ${dataKeys.inUse} data keys in use and ${dataKeys.retired} retired ones.`,
      `${credentials} connections have sealed keys; ${unlockedKeys} data keys are unlocked in memory.`,
    ];
    if (isRotating) {
      lines.push(
        `A rotation was cut short (keys held: ${heldVersions.join(", ")}; data keys on an old key: ${dataKeys.old}): ` +
          "pnpm desk vault rotate ends it.",
      );
    }
    return { text: lines.join("\n"), isWell: true };
  }
  const { damaged } = "rotation" in answer ? answer.rotation : answer.verification;
  const [done, what] =
    "rotation" in answer
      ? [
          `Key ${answer.rotation.version} is in use: ${answer.rotation.rewrapped} data keys wrapped and ${answer.rotation.resealed} secrets sealed anew.`,
          "Back the key file up now; the old one opens nothing any more.",
        ]
      : [`${answer.verification.rows} sealed secrets were tried; ${damaged.length} do not open.`, ""];
  const again = damaged.map(({ name, why }) => `Enter again: ${name} (${why})`);
  return { text: [done, what, ...again].filter((line) => line !== "").join("\n"), isWell: damaged.length === 0 };
}
