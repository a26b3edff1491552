/** Keeps accounts over restarts, as text. Each call is done when it returns: an answer means that it is kept. */
export interface AccountStore {
  /** The newest text of an account; null where it has none. */
  load(key: string): string | null;
  save(key: string, text: string): void;
}
