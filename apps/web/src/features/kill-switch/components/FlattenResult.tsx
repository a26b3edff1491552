import { Link } from "@tanstack/react-router";
import type { AccountView, FlattenView } from "@trenddojo/server/wire";

interface FlattenResultProps {
  readonly accounts: readonly AccountView[];
  readonly result: FlattenView;
}

/** The orders that were placed, each with its page, and what could not be. */
export function FlattenResult({ accounts, result: { orders, refused } }: FlattenResultProps) {
  const labelOf = (accountId: string) => accounts.find(({ id }) => id === accountId)?.label ?? "";
  if (orders.length === 0 && refused.length === 0) return <p>There was nothing to close.</p>;
  return (
    <div className="flex flex-col gap-3">
      {orders.length === 0 ? null : (
        <ul aria-label="Orders placed" className="flex flex-col gap-1">
          {orders.map(({ orderId, accountId, symbol }) => (
            <li key={orderId}>
              <Link
                to="/orders/$orderId"
                params={{ orderId }}
                className="inline-flex min-h-6 items-center text-accent underline"
              >
                {symbol}: the closing order
              </Link>{" "}
              <span className="text-muted">{labelOf(accountId)}</span>
            </li>
          ))}
        </ul>
      )}
      {refused.length === 0 ? null : (
        <ul aria-label="Not closed" className="flex flex-col gap-1 rounded-md border border-bad bg-bad-wash p-3">
          {refused.map(({ accountId, symbol, code, message }) => (
            <li key={`${accountId} ${symbol}`}>
              <strong className="text-bad">{symbol} was not closed.</strong> {message}{" "}
              <span className="text-muted">
                {labelOf(accountId)} <code className="text-2xs">{code}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
