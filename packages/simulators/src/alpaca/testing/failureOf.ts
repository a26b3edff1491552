/** The error that a call fails with. @throws Error when it does not fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => ({ isDone: true }) as const,
    (error: unknown) => ({ isDone: false, error }) as const,
  );
  if (outcome.isDone) throw new Error("the call should have failed");
  return outcome.error;
}
