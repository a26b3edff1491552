/**
 * - `KEY_FILE_EXPOSED`: others may read it, or it is another user's; `chmod 600` cures the first, and a new key is wise.
 * - `KEY_FILE_MALFORMED`: not a key file, or damaged. - `KEY_FILE_UNUSABLE`: it cannot be read, or not be made.
 * - `KEY_FILE_MISSING`: it is gone, and sealed secrets need it.
 * - `PASSPHRASE_MISSING`: the file is protected and no passphrase was given. - `PASSPHRASE_WRONG`: the file is whole.
 */
export type KeyFileErrorCode =
  | "KEY_FILE_EXPOSED"
  | "KEY_FILE_MALFORMED"
  | "KEY_FILE_UNUSABLE"
  | "KEY_FILE_MISSING"
  | "PASSPHRASE_MISSING"
  | "PASSPHRASE_WRONG";

export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly code: KeyFileErrorCode;
  readonly path: string;

  constructor(code: KeyFileErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}
