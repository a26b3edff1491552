import { Link } from "@tanstack/react-router";
import type { Portfolio, PositionView } from "@trenddojo/server/wire";
import { formatDecimal, PERCENT } from "../../../lib/decimalText.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DataTable } from "../../../ui/DataTable.tsx";
import type { Column } from "../../../ui/DataTable.tsx";
import { PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { closingOrder } from "../model/closingOrder.ts";
import { MarkAge } from "./MarkAge.tsx";
import { MarkedNumber } from "./MarkedNumber.tsx";

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
      columns={brief ? briefColumns(portfolio) : fullColumns(portfolio)}
      rows={positions}
      rowKey={(position) => position.symbol}
    />
  );
}

/** On a phone three columns have room: what is held with its mark's age, its value with its profit, and the close. */
const BELOW = "block text-xs sm:hidden";

const QUANTITY: Column<PositionView> = {
  key: "quantity",
  header: "Quantity",
  align: "right",
  from: "sm",
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

function symbolColumn(portfolio: Portfolio): Column<PositionView> {
  return {
    key: "symbol",
    header: "Symbol",
    sortBy: (position) => position.symbol,
    cell: (position) => (
      <>
        <Link
          to="/instruments/$symbol"
          params={{ symbol: position.symbol }}
          className="inline-flex min-h-6 items-center font-semibold hover:text-accent"
        >
          {position.symbol}
        </Link>
        <span className={`${BELOW} text-muted`}>
          <QuantityText value={position.quantity} /> · <MarkAge markedAt={position.markedAt} portfolio={portfolio} />
        </span>
      </>
    ),
  };
}

/** The columns that stand on the mark, with its age: a number without one cannot be judged. */
function markedColumns(portfolio: Portfolio) {
  return {
    mark: {
      key: "mark",
      header: "Mark",
      align: "right",
      from: "sm",
      sortBy: (position) => position.marketPrice,
      cell: (position) => <MarkedNumber position={position} portfolio={portfolio} field="marketPrice" />,
    },
    age: {
      key: "age",
      header: "Mark's age",
      align: "right",
      from: "sm",
      cell: (position) => <MarkAge markedAt={position.markedAt} portfolio={portfolio} />,
    },
    value: {
      key: "value",
      header: "Value",
      align: "right",
      sortBy: (position) => position.marketValue,
      cell: (position) => (
        <>
          <MarkedNumber position={position} portfolio={portfolio} field="marketValue" />
          <span className={BELOW}>
            <MarkedNumber position={position} portfolio={portfolio} field="unrealizedPnl" />
          </span>
        </>
      ),
    },
    unrealised: {
      key: "unrealised",
      header: "Unrealised",
      align: "right",
      from: "sm",
      sortBy: (position) => position.unrealizedPnl,
      cell: (position) => <MarkedNumber position={position} portfolio={portfolio} field="unrealizedPnl" />,
    },
  } as const satisfies Record<string, Column<PositionView>>;
}

function briefColumns(portfolio: Portfolio): readonly Column<PositionView>[] {
  const { mark, age, value, unrealised } = markedColumns(portfolio);
  return [symbolColumn(portfolio), QUANTITY, mark, age, value, unrealised];
}

function fullColumns(portfolio: Portfolio): readonly Column<PositionView>[] {
  const base = Number(portfolio.balances.equity);
  const { mark, age, value, unrealised } = markedColumns(portfolio);
  return [
    symbolColumn(portfolio),
    QUANTITY,
    AVERAGE,
    mark,
    age,
    value,
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
    unrealised,
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
