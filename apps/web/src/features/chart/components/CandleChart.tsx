import type { Timeframe } from "@trenddojo/brokers/domain";
import type { BarView } from "@trenddojo/server/wire";
import { CandlestickSeries, createChart, HistogramSeries, LineStyle, TickMarkType } from "lightweight-charts";
import type { IChartApi, ISeriesApi, Time } from "lightweight-charts";
import { useEffect, useRef } from "react";
import { useDesk, usePreferences } from "../../../lib/desk.ts";
import { formatInstant } from "../../../lib/timeText.ts";
import { createFraming } from "../model/createFraming.ts";
import { foldTick } from "../model/foldTick.ts";
import { candleColours, chartOptions, readChartColours, volumeColour } from "./chartTheme.ts";
import { toTimestamp } from "./toTimestamp.ts";
import { useSameWhileEqual } from "./useSameWhileEqual.ts";

/** A price that matters to the person, drawn as a line. */
export interface PriceLine {
  readonly id: string;
  readonly price: number;
  readonly title: string;
  readonly tone: "up" | "down" | "accent";
}

interface CandleChartProps {
  readonly connectionId: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: readonly BarView[];
  readonly lines: readonly PriceLine[];
  /** The chart in words. */
  readonly description: string;
}

interface Drawn {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<"Candlestick">;
  readonly volume: ISeriesApi<"Histogram">;
  readonly frame: ReturnType<typeof createFraming>;
}

/** Candles and volume on a canvas. Loaded only where a chart is shown. */
export function CandleChart({ connectionId, symbol, timeframe, bars, lines, description }: CandleChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(null);
  const { quotes } = useDesk();
  const [preferences] = usePreferences();
  const { theme, colours, timeZone } = preferences;
  const drawnLines = useSameWhileEqual(lines);

  useEffect(() => {
    if (element.current === null) return undefined;
    const chart = createChart(element.current, { autoSize: true });
    const candles = chart.addSeries(CandlestickSeries, {});
    const volume = chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    candles.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.22 } });
    const frame = createFraming((range) => chart.timeScale().setVisibleLogicalRange(range));
    drawn.current = { chart, candles, volume, frame };
    return () => {
      drawn.current = null;
      chart.remove();
    };
  }, []);

  useEffect(() => {
    if (drawn.current === null || element.current === null) return;
    const { chart, candles } = drawn.current;
    const palette = readChartColours(element.current);
    const label = (time: Time, parts: "time" | "dateTime" | "date") =>
      typeof time === "number" ? formatInstant(time * 1000, timeZone, parts) : "";
    const options = chartOptions(palette);
    chart.applyOptions({
      ...options,
      localization: { timeFormatter: (time: Time) => label(time, timeframe === "1d" ? "date" : "dateTime") },
      timeScale: {
        ...options.timeScale,
        tickMarkFormatter: (time: Time, mark: TickMarkType) =>
          mark < TickMarkType.Time ? label(time, "date").replace(/,? \d{4}$/, "") : label(time, "time").slice(0, 5),
      },
    });
    candles.applyOptions(candleColours(palette));
  }, [theme, colours, timeZone, timeframe]);

  useEffect(() => {
    if (drawn.current === null || element.current === null) return undefined;
    const { candles, volume, frame } = drawn.current;
    const palette = readChartColours(element.current);
    const drawVolume = (bar: BarView) => ({
      time: toTimestamp(bar.time),
      value: bar.volume,
      color: volumeColour(palette, bar),
    });
    const drawCandle = (bar: BarView) => ({
      time: toTimestamp(bar.time),
      open: bar.open,
      high: bar.high,
      low: bar.low,
      close: bar.close,
    });
    candles.setData(bars.map(drawCandle));
    volume.setData(bars.map(drawVolume));
    frame(`${connectionId} ${symbol} ${timeframe}`, bars.length);

    let last = bars.at(-1);
    let dayVolume: number | undefined;
    return quotes.subscribe(connectionId, symbol, () => {
      const quote = quotes.get(connectionId, symbol);
      if (quote === undefined || quote.last === null || last === undefined) return;
      const traded = Math.max(0, quote.volume - (dayVolume ?? quote.volume));
      dayVolume = quote.volume;
      const bar = foldTick(last, { price: quote.last, at: quote.marketAt, volume: traded }, timeframe);
      if (bar === undefined) return;
      last = bar;
      candles.update(drawCandle(bar));
      volume.update(drawVolume(bar));
    });
  }, [bars, connectionId, quotes, symbol, theme, colours, timeframe]);

  useEffect(() => {
    if (drawn.current === null || element.current === null) return undefined;
    const { candles } = drawn.current;
    const palette = readChartColours(element.current);
    const priceLines = drawnLines.map((line) =>
      candles.createPriceLine({
        price: line.price,
        title: line.title,
        color: palette[line.tone],
        lineStyle: LineStyle.Dashed,
        lineWidth: 1,
        axisLabelVisible: true,
      }),
    );
    return () => {
      if (drawn.current === null) return;
      for (const line of priceLines) candles.removePriceLine(line);
    };
  }, [drawnLines, theme, colours]);

  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is drawn on canvases inside.
  return <div ref={element} role="img" aria-label={description} className="h-full min-h-72 w-full" />;
}
