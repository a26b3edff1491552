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

/** What the order would do to the account, before it is sent. What the broker does not say is unknown, and never made up. */
export function PreviewList({ preview, error }: PreviewListProps) {
  return (
    <div className="rounded-md border border-line bg-canvas px-3 py-2">
      <dl className="flex flex-col gap-1">
        <Row label="Estimated at">
          <Known value={preview?.referencePrice} Text={PriceText} />
        </Row>
        <Row label="Order value">
          <Known value={preview?.notional} Text={MoneyText} />
        </Row>
        <Row label="Estimated fees">
          <Known value={preview?.estimatedFees} Text={MoneyText} />
        </Row>
        <Row label="Margin needed">
          <Known value={preview?.marginRequired} Text={MoneyText} />
        </Row>
        <Row label="Buying power after">
          <Known value={preview?.buyingPowerAfter} Text={MoneyText} />
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

interface KnownProps {
  /** Null is not known; undefined is not asked yet. */
  readonly value: string | null | undefined;
  readonly Text: typeof MoneyText;
}

function Known({ value, Text }: KnownProps) {
  return value === null ? <span className="text-muted">unknown</span> : <Text value={value ?? null} />;
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
