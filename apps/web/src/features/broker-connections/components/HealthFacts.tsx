import { Link } from "@tanstack/react-router";
import type { ConnectionView } from "@trenddojo/server/wire";
import { AgeText } from "../../../ui/AgeText.tsx";
import { executionText } from "../model/healthText.ts";

/** How fast orders are answered, what prices may stream, when desk and broker were last compared, and what differs. */
export function HealthFacts({ connection }: { readonly connection: ConnectionView }) {
  const { executionTimes, reconciledAt, openDrifts, status } = connection;
  return (
    <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[auto_1fr]">
      <dt className="text-muted">Orders answered</dt>
      <dd className="num">{executionText(executionTimes)}</dd>
      {status.quoteLines === null ? null : (
        <>
          <dt className="text-muted">Market data lines</dt>
          <dd className="num">
            {status.quoteLines.used} of {status.quoteLines.limit} in use
          </dd>
        </>
      )}
      <dt className="text-muted">Compared</dt>
      <dd>
        {reconciledAt === null ? "not yet; orders wait for it" : <AgeText since={reconciledAt} />}
        {", "}
        <Link
          to="/reconciliation"
          search={{ filter: openDrifts > 0 ? "open" : "all" }}
          className={`inline-flex min-h-6 items-center underline ${openDrifts > 0 ? "font-medium text-warn" : "text-accent"}`}
        >
          {openDrifts === 0 ? "no open difference" : `${openDrifts} open difference${openDrifts === 1 ? "" : "s"}`}
        </Link>
      </dd>
    </dl>
  );
}
