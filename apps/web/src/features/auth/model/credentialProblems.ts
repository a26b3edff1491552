import type { CallFailure } from "../../../lib/deskError.ts";

/** Shortest password that the desk takes. */
export const MIN_PASSWORD_LENGTH = 12;

export interface SetUpForm {
  readonly username: string;
  readonly password: string;
  readonly repeated: string;
}

export type SetUpProblems = Readonly<Record<keyof SetUpForm, readonly string[]>>;

/** What is wrong with the form, by field, before it is sent. The server decides; this only spares a round trip. */
export function setUpProblems({ username, password, repeated }: SetUpForm): SetUpProblems {
  const name = username.trim();
  return {
    username:
      name.length < 2 || name.length > 32
        ? ["2 to 32 characters."]
        : /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)
          ? []
          : ["Letters, digits, dot, dash and underscore only, a letter or digit first."],
    password:
      password.length < MIN_PASSWORD_LENGTH
        ? [`At least ${MIN_PASSWORD_LENGTH} characters; it has ${password.length}.`]
        : [],
    repeated: repeated === password ? [] : ["The two passwords differ."],
  };
}

/** The server's problems with one field. */
export function problemsOf(failure: CallFailure | null, field: string): readonly string[] {
  if (failure === null || failure.kind !== "refused") return [];
  return failure.desk.issues.filter((issue) => issue.field === field).map((issue) => issue.message);
}
