/** Throws outside of the caller: a defect must reach the process, but not stop the market. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
