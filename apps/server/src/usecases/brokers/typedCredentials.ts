import { findCredentialFaults, type ClientRequest } from "@trenddojo/brokers";
import type { AccountProof, CredentialField } from "@trenddojo/brokers/domain";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/** @throws DeskError INVALID_INPUT with each fault beside its field; no word of what was typed. */
export function assertFilledIn(
  fields: readonly CredentialField[],
  credentials: Readonly<Record<string, string>>,
): void {
  const faults = findCredentialFaults(fields, credentials);
  if (faults.length === 0) return;
  throw new DeskError("INVALID_INPUT", `${faults.map(({ message }) => message).join("; ")}.`, {
    issues: faults.map(({ field, message }) => ({
      code: "INVALID_INPUT",
      field: field === null ? null : `credentials.${field}`,
      message,
      params: {},
    })),
  });
}

/** Asks the broker what the typed keys open; one that runs in this process is connected once instead. */
export async function proveCredentials(
  desk: Desk,
  request: ClientRequest,
  signal: AbortSignal | undefined,
): Promise<AccountProof> {
  const options = signal === undefined ? {} : { signal };
  const proof = await desk.registry.prove(request, options);
  if (proof !== null) return proof;
  const client = desk.registry.create(request);
  try {
    await client.connect(options);
    const info = await client.getAccountInfo(options);
    if (info.mode !== request.mode)
      throw new DeskError("NOT_SUPPORTED", `The account is a ${info.mode} account, not a ${request.mode} one.`);
    return { accountId: info.accountId, checks: [] };
  } finally {
    await client.disconnect();
  }
}

/** The last four characters of each secret that is long enough to have some to spare. */
export function hintsOf(
  fields: readonly CredentialField[],
  credentials: Readonly<Record<string, string>>,
): Record<string, string> {
  const secrets = fields.filter((field) => field.kind === "secret").map((field) => field.name);
  return Object.fromEntries(
    secrets.flatMap((name) => {
      const value = credentials[name] ?? "";
      return value.length >= 12 ? [[name, value.slice(-4)]] : [];
    }),
  );
}
