/** An error as the log holds it. */
export interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly frames: readonly string[];
  readonly cause?: DescribedError;
}

const LONGEST = 400;
const DEEPEST = 4;

/**
 * What the log says of an error: kind, code, message and frames, and the same of its causes. Never its other fields: a
 * failed query carries its parameters, a failed request its headers, and either may hold a secret.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an Error", frames: [] };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const cause = error.cause !== undefined && depth < DEEPEST ? { cause: describeError(error.cause, depth + 1) } : {};
  return { type: error.name, ...code, message: messageOf(error), frames: framesOf(error), ...cause };
}

/** The driver's wrapper quotes the whole statement and its parameters; its cause says what went wrong. */
function messageOf({ message }: Error): string {
  return message.startsWith("Failed query:") ? "Failed query" : message.slice(0, LONGEST);
}

function framesOf({ stack = "" }: Error): string[] {
  return stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "))
    .slice(0, 8);
}
