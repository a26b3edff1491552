import { Link } from "@tanstack/react-router";
import type { Portfolio, PositionView } from "@trenddojo/server/wire";
import { formatDecimal, PERCENT } from "../../../lib/decimalText.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DataTable } from "../../../ui/DataTable.tsx";
import type { Column } from "../../../ui/DataTable.tsx";
import { MoneyText, PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { closingOrder } from "../model/closingOrder.ts";
import { MarkAge } from "./MarkAge.tsx";

interface PositionsTableProps {
  readonly portfolio: Portfolio;
  /** Only the position in this instrument. */
  readonly symbol?: string;
  /** Fewer columns, for the dashboard. */
  readonly brief?: boolean;
}

/** What the account holds; closing one opens its ticket, filled in. */
export function PositionsTable({ portfolio, symbol, brief = false }: PositionsTableProps) {
  const positions =
    symbol === undefined ? portfolio.positions : portfolio.positions.filter((position) => position.symbol === symbol);
  if (positions.length === 0 && symbol !== undefined) return <EmptyState title={`No position in ${symbol}`} />;
  if (positions.length === 0) {
    return (
      <EmptyState title="No positions">
        <p>What you buy or sell short shows here with its price, its value and its profit.</p>
        <Link to="/watchlist" className="text-accent underline">
          Choose something from the watchlist
        </Link>
      </EmptyState>
    );
  }
  return (
    <DataTable
      caption="Positions"
      columns={brief ? BRIEF : columnsFor(portfolio)}
      rows={positions}
      rowKey={(position) => position.symbol}
    />
  );
}

const SYMBOL: Column<PositionView> = {
  key: "symbol",
  header: "Symbol",
  sortBy: (position) => position.symbol,
  cell: (position) => (
    <Link
      to="/instruments/$symbol"
      params={{ symbol: position.symbol }}
      className="inline-flex min-h-6 items-center font-semibold hover:text-accent"
    >
      {position.symbol}
    </Link>
  ),
};
const QUANTITY: Column<PositionView> = {
  key: "quantity",
  header: "Quantity",
  align: "right",
  sortBy: (position) => position.quantity,
  cell: (position) => <QuantityText value={position.quantity} />,
};
const AVERAGE: Column<PositionView> = {
  key: "average",
  header: "Average",
  align: "right",
  from: "md",
  sortBy: (position) => position.averagePrice,
  cell: (position) => <PriceText value={position.averagePrice} />,
};
const MARK: Column<PositionView> = {
  key: "mark",
  header: "Mark",
  align: "right",
  from: "sm",
  sortBy: (position) => position.marketPrice,
  cell: (position) => <PriceText value={position.marketPrice} />,
};
const VALUE: Column<PositionView> = {
  key: "value",
  header: "Value",
  align: "right",
  from: "sm",
  sortBy: (position) => position.marketValue,
  cell: (position) => <MoneyText value={position.marketValue} />,
};
const UNREALISED: Column<PositionView> = {
  key: "unrealised",
  header: "Unrealised",
  align: "right",
  sortBy: (position) => position.unrealizedPnl,
  cell: (position) => <ChangeText value={position.unrealizedPnl} />,
};

const BRIEF: readonly Column<PositionView>[] = [SYMBOL, QUANTITY, MARK, VALUE, UNREALISED];

function columnsFor(portfolio: Portfolio): readonly Column<PositionView>[] {
  const base = Number(portfolio.balances.equity);
  return [
    SYMBOL,
    QUANTITY,
    AVERAGE,
    MARK,
    {
      key: "age",
      header: "Mark's age",
      align: "right",
      from: "lg",
      cell: (position) => <MarkAge markedAt={position.markedAt} portfolio={portfolio} />,
    },
    VALUE,
    {
      key: "share",
      header: "Of equity",
      align: "right",
      from: "lg",
      sortBy: (position) => position.marketValue,
      cell: (position) => (
        <span className="num">
          {formatDecimal(
            position.marketValue === null || base === 0 ? null : Number(position.marketValue) / base,
            PERCENT,
          )}
        </span>
      ),
    },
    UNREALISED,
    {
      key: "realised",
      header: "Realised",
      align: "right",
      from: "lg",
      sortBy: (position) => position.realizedPnl,
      cell: (position) => <ChangeText value={position.realizedPnl} />,
    },
    {
      key: "close",
      header: "Close",
      align: "right",
      cell: (position) => (
        <Link
          to="/instruments/$symbol"
          params={{ symbol: position.symbol }}
          search={closingOrder(position)}
          aria-label={`Close ${position.symbol}: open a ticket filled in`}
          className="inline-flex min-h-6 items-center rounded-md border border-line bg-raised px-2 text-xs hover:border-strong-line pointer-coarse:min-h-11"
        >
          Close…
        </Link>
      ),
    },
  ];
}
