import type { BrokerCredentialStore } from "@trenddojo/brokers";
import { connectionId, type UserId } from "@trenddojo/brokers/domain";
import type { TotpFactorRow } from "@trenddojo/db";
import { z } from "zod";

const sealed = z.object({ secret: z.string() });

/** Sealed under a name that no broker and no connection has, so that neither's envelope opens as the other's. */
const NAME = "totp";

/** What an app's secret is sealed for. */
export function totpScope(userId: UserId, rowVersion: number) {
  return { userId, broker: NAME, mode: "paper", connectionId: connectionId(NAME), rowVersion } as const;
}

/** The envelope for an app's secret. */
export function sealTotp(
  vault: BrokerCredentialStore,
  { userId, version }: Pick<TotpFactorRow, "userId" | "version">,
  secret: string,
): Promise<string> {
  return vault.seal(totpScope(userId, version), { secret });
}

/** @throws VaultError */
export async function openTotp(
  vault: BrokerCredentialStore,
  { userId, version, envelope }: Pick<TotpFactorRow, "userId" | "version" | "envelope">,
): Promise<string> {
  return sealed.parse(await vault.open(totpScope(userId, version), envelope)).secret;
}
