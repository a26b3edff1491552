import type { CredentialField } from "../domain/capabilities.ts";
import { parseFixed, tryParseFixed } from "../domain/decimal.ts";

export interface CredentialsValidation {
  readonly isValid: boolean;
  /** One sentence for each fault; none repeats what was typed. */
  readonly errors: readonly string[];
}

const LONGEST = 512;
/** Key ids and secrets are printable; a control character in one may mean something to the protocol it is sent over. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Whether the inputs are what a broker's form asks for. Whether they are *right* only a connection proves. */
export function validateBrokerCredentials(
  fields: readonly CredentialField[],
  credentials: Readonly<Record<string, unknown>>,
): CredentialsValidation {
  const errors = findCredentialFaults(fields, credentials).map(({ message }) => message);
  return { isValid: errors.length === 0, errors };
}

/** What is wrong with one input; `field` is null where it is no input of the form. */
export interface CredentialFault {
  readonly field: string | null;
  /** One sentence, which never repeats what was typed. */
  readonly message: string;
}

/** As `validateBrokerCredentials`, for a screen that shows each fault beside its input. */
export function findCredentialFaults(
  fields: readonly CredentialField[],
  credentials: Readonly<Record<string, unknown>>,
): readonly CredentialFault[] {
  const known = new Set(fields.map(({ name }) => name));
  const strangers = Object.keys(credentials).filter((name) => !known.has(name)).length;
  const unasked = `There ${strangers === 1 ? "is a field" : "are fields"} that this broker does not ask for`;
  return [
    ...(strangers > 0 ? [{ field: null, message: unasked }] : []),
    ...fields.flatMap((field) => {
      const message = faultOf(field, credentials[field.name]);
      return message === undefined ? [] : [{ field: field.name, message }];
    }),
  ];
}

function faultOf(
  { label, kind, required, choices = [], largest }: CredentialField,
  value: unknown,
): string | undefined {
  if (value === undefined || value === "") return required ? `${label} is missing` : undefined;
  if (typeof value !== "string" || value.length > LONGEST || !PRINTABLE.test(value)) {
    return `${label} is a text of at most ${LONGEST} printable characters`;
  }
  if (kind === "number") {
    const number = tryParseFixed(value) ?? 0n;
    if (number <= 0n) return `${label} is a number above zero`;
    if (largest !== undefined && number > parseFixed(largest)) return `${label} is at most ${largest}`;
  }
  if (kind === "choice" && !choices.some((choice) => choice.value === value))
    return `${label} is one of ${choices.map((choice) => choice.label).join(", ")}`;
  return undefined;
}
