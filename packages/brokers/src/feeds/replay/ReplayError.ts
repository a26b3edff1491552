/** Why a tape cannot be replayed at all. */
export const REPLAY_ERROR_CODES = [
  "FOLDER_NOT_FOUND",
  "FOLDER_EMPTY",
  "FILE_UNREADABLE",
  "FILE_NOT_GZIP",
  "DATE_UNKNOWN",
  "INVALID_OPTION",
] as const;
export type ReplayErrorCode = (typeof REPLAY_ERROR_CODES)[number];

/** A tape that cannot be opened; the message names the folder or file and says what to do. A bad row is not an error. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
  readonly code: ReplayErrorCode;

  constructor(code: ReplayErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
