import type { ApiTokenRow } from "@trenddojo/db";
import { isoInstant } from "../../wire/encode.ts";
import type { TokenView } from "../../wire/tokens.ts";

/** A token as the wire shows it: never its secret. */
export function tokenView(
  row: Pick<ApiTokenRow, "id" | "name" | "ending" | "scope" | "createdAt" | "expiresAt" | "lastUsedAt">,
): TokenView {
  const { id, name, ending, scope, createdAt, expiresAt, lastUsedAt } = row;
  return {
    id,
    name,
    ending,
    scope,
    createdAt: isoInstant(createdAt),
    expiresAt: isoInstant(expiresAt),
    lastUsedAt: lastUsedAt === null ? null : isoInstant(lastUsedAt),
  };
}
