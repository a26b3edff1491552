import type { DriftRow } from "@trenddojo/db";
import type { DriftView } from "../wire/drifts.ts";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";

export function driftView({ resolvedBy: _by, foundAt, seenAt, resolvedAt, ...row }: DriftRow): DriftView {
  return {
    ...row,
    foundAt: isoInstant(foundAt),
    seenAt: isoInstant(seenAt),
    resolvedAt: isoInstantOrNull(resolvedAt),
  };
}
