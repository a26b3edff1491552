import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@trenddojo/server/wire";

const LOOK = "inline-flex min-h-6 items-center text-accent underline";

/** Leads to what the entry tells of, where there is a screen for it; nothing otherwise. */
export function SubjectLink({ entry: { action, subject } }: { readonly entry: AuditEntryView }) {
  if (subject === null) return null;
  if (action.startsWith("order.")) {
    return (
      <Link to="/orders/$orderId" params={{ orderId: subject }} className={LOOK}>
        Order
      </Link>
    );
  }
  if (action.startsWith("connection.") || action.startsWith("credential.")) {
    return (
      <Link to="/connections" className={LOOK}>
        Connection
      </Link>
    );
  }
  if (action.startsWith("drift.")) {
    return (
      <Link to="/reconciliation" className={LOOK}>
        Difference
      </Link>
    );
  }
  if (action.startsWith("alert.")) {
    return (
      <Link to="/alerts" className={LOOK}>
        Alert
      </Link>
    );
  }
  return null;
}
