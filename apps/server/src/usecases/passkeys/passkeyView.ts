import type { PasskeyRow } from "@trenddojo/db";
import { isoInstant } from "../../wire/encode.ts";
import type { PasskeyView } from "../../wire/passkeys.ts";

/** A passkey as its person is shown it: neither its key nor its counter. */
export function passkeyView({ id, name, rpId, createdAt, lastUsedAt }: PasskeyRow): PasskeyView {
  return {
    id,
    name,
    site: rpId,
    createdAt: isoInstant(createdAt),
    lastUsedAt: lastUsedAt === null ? null : isoInstant(lastUsedAt),
  };
}
