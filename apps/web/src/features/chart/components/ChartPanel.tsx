import { TIMEFRAMES } from "@trenddojo/brokers/domain";
import type { Timeframe } from "@trenddojo/brokers/domain";
import { lazy, useState } from "react";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { useBars } from "../api/getBars.ts";
import { describeBars } from "../model/describeBars.ts";
import type { PriceLine } from "./CandleChart.tsx";

const CandleChart = lazy(async () => ({ default: (await import("./CandleChart.tsx")).CandleChart }));

interface ChartPanelProps {
  readonly connectionId: string;
  readonly symbol: string;
  readonly lines: readonly PriceLine[];
}

const CHOICES = TIMEFRAMES.map((value) => ({ value, label: value }));

/** Candles and volume with a choice of timeframes. A chart that fails leaves the ticket usable. */
export function ChartPanel({ connectionId, symbol, lines }: ChartPanelProps) {
  const [timeframe, setTimeframe] = useState<Timeframe>("5m");
  return (
    <Panel
      title="Chart"
      actions={<ChoiceGroup legend="Timeframe" hideLegend value={timeframe} choices={CHOICES} onValue={setTimeframe} />}
    >
      <div className="h-[clamp(18rem,52vh,34rem)]">
        <Bars connectionId={connectionId} symbol={symbol} timeframe={timeframe} lines={lines} />
      </div>
      <p className="border-t border-line px-3 py-1 text-2xs text-muted">
        Charts by{" "}
        <a href="https://www.tradingview.com/" rel="noreferrer" target="_blank" className="underline">
          TradingView Lightweight Charts™
        </a>
      </p>
    </Panel>
  );
}

function Bars({ connectionId, symbol, timeframe, lines }: ChartPanelProps & { timeframe: Timeframe }) {
  const bars = useBars(connectionId, symbol, timeframe);
  if (bars.length === 0)
    return <EmptyState title={`No bars of ${symbol} yet`}>They appear with its first trades.</EmptyState>;
  return (
    <CandleChart
      connectionId={connectionId}
      symbol={symbol}
      timeframe={timeframe}
      bars={bars}
      lines={lines}
      description={describeBars(symbol, timeframe, bars)}
    />
  );
}
