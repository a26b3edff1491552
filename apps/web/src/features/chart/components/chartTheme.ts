import type { DeepPartial, ChartOptions } from "lightweight-charts";

/** The page's colours, read from its style sheet, so that the chart follows theme and preset. */
export function readChartColours(element: Element) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    panel: colour("panel"),
    line: colour("line"),
    ink: colour("ink"),
    muted: colour("muted"),
    up: colour("up"),
    down: colour("down"),
    accent: colour("accent"),
    strongLine: colour("strong-line"),
  };
}

export type ChartColours = ReturnType<typeof readChartColours>;

export function chartOptions(colours: ChartColours): DeepPartial<ChartOptions> {
  return {
    layout: { background: { color: "transparent" }, textColor: colours.muted, fontSize: 11, attributionLogo: false },
    grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
    crosshair: {
      vertLine: { color: colours.strongLine, labelBackgroundColor: colours.strongLine },
      horzLine: { color: colours.strongLine, labelBackgroundColor: colours.strongLine },
    },
    rightPriceScale: { borderColor: colours.line },
    timeScale: { borderColor: colours.line, timeVisible: true, secondsVisible: false, rightOffset: 4 },
  };
}

export function candleColours(colours: ChartColours) {
  return {
    upColor: colours.up,
    downColor: colours.down,
    wickUpColor: colours.up,
    wickDownColor: colours.down,
    borderVisible: false,
  };
}

/** A bar's volume in the colour of its direction, quiet enough to lie under the candles. */
export function volumeColour(colours: ChartColours, bar: { readonly open: number; readonly close: number }): string {
  return `${bar.close >= bar.open ? colours.up : colours.down}40`;
}
