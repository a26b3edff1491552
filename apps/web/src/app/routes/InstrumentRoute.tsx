import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useHeldQuantity, usePortfolio } from "../../features/accounts/api/getPortfolio.ts";
import { useBrokerCatalog } from "../../features/broker-connections/api/getCatalog.ts";
import { useSimulatedConnections } from "../../features/broker-connections/api/simulatedConnections.ts";
import { useInstrument } from "../../features/chart/api/getInstrument.ts";
import { ChartPanel } from "../../features/chart/components/ChartPanel.tsx";
import { InstrumentHeader } from "../../features/chart/components/InstrumentHeader.tsx";
import { useOrders } from "../../features/orders/api/listOrders.ts";
import { OrderList } from "../../features/orders/components/OrderList.tsx";
import { OrderTicket } from "../../features/orders/components/OrderTicket.tsx";
import { PositionsTable } from "../../features/positions/components/PositionsTable.tsx";
import { useQuote } from "../../lib/useQuote.ts";
import { useHotkeys } from "../../lib/useHotkeys.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { instrumentLines } from "../instrumentLines.ts";
import { useShell } from "../shell/ShellContext.ts";

const route = getRouteApi("/instruments/$symbol");

/** One instrument: chart, ticket, position and orders. */
export function InstrumentRoute() {
  const { account } = useShell();
  const { symbol } = route.useParams();
  const instrument = useInstrument(account.connectionId, symbol.toUpperCase());
  const navigate = useNavigate();
  const openTicket = (side: "buy" | "sell") =>
    void navigate({ to: "/instruments/$symbol", params: { symbol }, search: { side } });
  useHotkeys({ b: () => openTicket("buy"), s: () => openTicket("sell") });

  return (
    <>
      <InstrumentHeader instrument={instrument} connectionId={account.connectionId}>
        <Link
          to="."
          search={{ side: "buy" }}
          hash="ticket"
          className="inline-flex min-h-8 items-center rounded-md bg-up-fill px-4 font-semibold text-white pointer-coarse:min-h-11"
        >
          Buy
        </Link>
        <Link
          to="."
          search={{ side: "sell" }}
          hash="ticket"
          className="inline-flex min-h-8 items-center rounded-md bg-down-fill px-4 font-semibold text-white pointer-coarse:min-h-11"
        >
          Sell
        </Link>
      </InstrumentHeader>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_auto_1fr]">
        <Chart symbol={instrument.symbol} />
        <div id="ticket" className="lg:row-span-3">
          <Panel title="Ticket">
            <Ticket symbol={instrument.symbol} />
          </Panel>
        </div>
        <Panel title="Position">
          <Position symbol={instrument.symbol} />
        </Panel>
        <Panel title={`Orders in ${instrument.symbol}`}>
          <OrderList account={account} filter="all" symbol={instrument.symbol} brief />
        </Panel>
      </div>
    </>
  );
}

function Chart({ symbol }: { readonly symbol: string }) {
  const { account } = useShell();
  const { positions } = usePortfolio(account.id);
  const { orders } = useOrders(account.id, "open");
  const position = positions.find((candidate) => candidate.symbol === symbol);
  const lines = instrumentLines(symbol, position, orders);
  return <ChartPanel connectionId={account.connectionId} symbol={symbol} lines={lines} />;
}

function Ticket({ symbol }: { readonly symbol: string }) {
  const { account, user } = useShell();
  const { side, quantity } = route.useSearch();
  const instrument = useInstrument(account.connectionId, symbol);
  const card = useBrokerCatalog().find((candidate) => candidate.key === account.broker);
  const quote = useQuote(account.connectionId, symbol);
  const held = useHeldQuantity(account.id, symbol);
  const isSimulator = useSimulatedConnections().has(account.connectionId);
  useEffect(() => {
    if (side !== undefined) document.querySelector<HTMLInputElement>("#ticket input[inputmode=decimal]")?.focus();
  }, [side, quantity, symbol]);
  if (user.role === "cancel_only")
    return <EmptyState title="You may cancel and halt, but not trade">Ask the owner for a trader's role.</EmptyState>;
  if (user.role === "viewer")
    return (
      <EmptyState title="A viewer sees the desk and does not trade">Ask the owner for a trader's role.</EmptyState>
    );
  if (card === undefined) return <EmptyState title="This broker takes no orders here" />;
  const reference = quote?.last ?? quote?.ask ?? quote?.bid ?? null;
  const start = { ...(side === undefined ? {} : { side }), ...(quantity === undefined ? {} : { quantity }) };
  return (
    <OrderTicket
      // Another account, instrument or purpose is another ticket, unless the one before still waits for its answer.
      key={`${account.id} ${symbol} ${side ?? ""} ${quantity ?? ""}`}
      account={account}
      instrument={instrument}
      capabilities={card.capabilities}
      start={start}
      referencePrice={reference === null ? undefined : reference.toFixed(2)}
      held={held}
      isSimulator={isSimulator}
    />
  );
}

function Position({ symbol }: { readonly symbol: string }) {
  const { account } = useShell();
  return <PositionsTable portfolio={usePortfolio(account.id)} symbol={symbol} />;
}
