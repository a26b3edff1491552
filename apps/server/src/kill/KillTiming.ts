/** How the kill switch waits. */
export interface KillTiming {
  /** A broker that has not confirmed by then is reported as unconfirmed, and asked again. */
  readonly attemptMs: number;
  /** Between two attempts, doubled from the first to the last. */
  readonly retryMs: number;
  readonly retryAtMostMs: number;
  /** Connections that were added since are looked for this often. */
  readonly lookMs: number;
  /** A switch that another process flipped in the store is noticed within this, where the store did not tell of it at once. */
  readonly noticeMs: number;
}

export const KILL_TIMING: KillTiming = {
  attemptMs: 10_000,
  retryMs: 1_000,
  retryAtMostMs: 15_000,
  lookMs: 5_000,
  noticeMs: 1_000,
};
