/**
 * - `MALFORMED_ENVELOPE`: not an envelope of a known version.
 * - `KEY_VERSION_MISMATCH`: sealed under another key-encryption key than the one in use.
 * - `DATA_KEY_MISSING`: its data key is not in the store.
 * - `NOT_AUTHENTIC`: changed, or of another user, mode, connection or row version, or under another key.
 */
export const VAULT_ERROR_CODES = [
  "MALFORMED_ENVELOPE",
  "KEY_VERSION_MISMATCH",
  "DATA_KEY_MISSING",
  "NOT_AUTHENTIC",
] as const;
export type VaultErrorCode = (typeof VAULT_ERROR_CODES)[number];

/** Why a secret could not be opened. Never carries a secret, a key or an envelope. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
