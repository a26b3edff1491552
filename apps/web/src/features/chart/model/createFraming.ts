interface Range {
  readonly from: number;
  readonly to: number;
}

const CANDLES_SHOWN = 120;
/** Empty places to the right of the newest candle. */
const ROOM_RIGHT = 3;

/**
 * Brings the newest candles into view when a chart begins to show something else. New bars of the same instrument
 * leave the view where the person has moved it.
 *
 * @param show takes the first and the last place to show, counted in bars from the oldest.
 */
export function createFraming(show: (range: Range) => void): (subject: string, bars: number) => void {
  let framed: string | undefined;
  return (subject, bars) => {
    if (subject === framed) return;
    framed = subject;
    show({ from: Math.max(0, bars - CANDLES_SHOWN), to: bars + ROOM_RIGHT });
  };
}
