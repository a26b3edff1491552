import type { PreviewView } from "@trenddojo/server/wire";
import type { ReactNode } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import { MoneyText, PriceText } from "../../../ui/DecimalText.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";

interface PreviewListProps {
  readonly preview: PreviewView | undefined;
  readonly error: unknown;
}

/** What the order would do to the account, before it is sent. */
export function PreviewList({ preview, error }: PreviewListProps) {
  return (
    <div className="rounded-md border border-line bg-canvas px-3 py-2">
      <dl className="flex flex-col gap-1">
        <Row label="Estimated at">
          <PriceText value={preview?.referencePrice ?? null} />
        </Row>
        <Row label="Order value">
          <MoneyText value={preview?.notional ?? null} />
        </Row>
        <Row label="Estimated fees">
          <MoneyText value={preview?.estimatedFees ?? null} />
        </Row>
        <Row label="Buying power after">
          <MoneyText value={preview?.buyingPowerAfter ?? null} />
        </Row>
      </dl>
      {preview?.quotedAt === undefined || preview.quotedAt === null ? null : (
        <p className="mt-1 text-xs text-muted">
          Quote of <InstantText at={preview.quotedAt} parts="time" />
        </p>
      )}
      {error === null ? null : <p className="mt-1 text-xs text-warn">{failureText(readFailure(error))}</p>}
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
