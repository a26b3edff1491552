import type { OrderView, WhyView } from "@trenddojo/server/wire";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { isOpen } from "../model/orderStateText.ts";
import { whysOf } from "../model/whyNumbers.ts";
import { WhyText } from "./WhyText.tsx";

interface WhyPanelProps {
  readonly order: OrderView;
  readonly explanation: WhyView | null;
  /** What set its stop off. */
  readonly triggeredBy: WhyView | null;
  /** When the explanation came, epoch milliseconds. */
  readonly heardAt: number;
}

/** Why an order stands where it stands: what it waits for, or how it ended. Nothing where nobody can say. */
export function WhyPanel({ order, explanation, triggeredBy, heardAt }: WhyPanelProps) {
  const whys = whysOf(order, { explanation, triggeredBy });
  if (whys.length === 0 && triggeredBy === null) return null;
  return (
    <Panel
      title="Why"
      meta={
        isOpen(order) ? (
          <>
            asked <AgeText since={heardAt} />
          </>
        ) : undefined
      }
      padded
      className="lg:col-span-2"
    >
      <ul className="flex flex-col gap-3">
        {whys.map((why) => (
          <li key={`${why.rule} ${why.text}`}>
            <WhyText why={why} />
          </li>
        ))}
        {triggeredBy === null ? null : (
          <li>
            <h3 className="text-xs text-muted">What set its stop off</h3>
            <WhyText why={triggeredBy} />
          </li>
        )}
      </ul>
    </Panel>
  );
}
