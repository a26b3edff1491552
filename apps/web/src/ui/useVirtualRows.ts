import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { RefObject } from "react";

interface VirtualRowsOptions<Row> {
  readonly rows: readonly Row[];
  readonly frame: RefObject<HTMLElement | null>;
  readonly onEndReached: (() => void) | undefined;
}

/** Fewer rows than this are all drawn: find-in-page and screen readers like them whole. */
const DRAW_ALL_UP_TO = 120;
const ROW_HEIGHT = 36;

/** The rows near the visible part of the frame, and the heights that stand for those before and after. */
export function useVirtualRows<Row>({ rows, frame, onEndReached }: VirtualRowsOptions<Row>) {
  const virtual = rows.length > DRAW_ALL_UP_TO;
  // The React compiler is not used here, and this hook's caller draws again on every change of it.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
    enabled: virtual || onEndReached !== undefined,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const lastIndex = last?.index ?? -1;

  useEffect(() => {
    if (onEndReached !== undefined && rows.length > 0 && lastIndex >= rows.length - 1) onEndReached();
  }, [lastIndex, rows.length, onEndReached]);

  if (!virtual || first === undefined || last === undefined)
    return { shown: rows.slice(0, virtual ? DRAW_ALL_UP_TO : undefined), before: 0, after: 0 };
  return {
    shown: rows.slice(first.index, last.index + 1),
    before: first.start,
    after: virtualizer.getTotalSize() - last.end,
  };
}
