import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { DRAW_ALL_UP_TO } from "./drawAllUpTo.ts";

interface VirtualRowsProps {
  readonly count: number;
  /** The element that scrolls; null until it is there. */
  readonly frame: HTMLElement | null;
  readonly drawRow: (index: number) => ReactNode;
  readonly onEndReached: (() => void) | undefined;
}

const ROW_HEIGHT = 36;
/** Drawn beyond each edge: enough for a turn of the wheel. Each costs what a row that is seen costs. */
const OVERSCAN = 3;

/** The rows near the visible part of the frame, with spacers for those before and after. */
export function VirtualRows({ count, frame, drawRow, onEndReached }: VirtualRowsProps) {
  const virtual = count > DRAW_ALL_UP_TO;
  // The React compiler is not used here, and this component draws again on every change of it.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const lastIndex = last?.index ?? -1;

  useEffect(() => {
    if (onEndReached !== undefined && count > 0 && lastIndex >= count - 1) onEndReached();
  }, [lastIndex, count, onEndReached]);

  if (!virtual || first === undefined || last === undefined)
    return drawRows(0, Math.min(count, DRAW_ALL_UP_TO), drawRow);
  return (
    <>
      <Spacer height={first.start} />
      {drawRows(first.index, last.index + 1, drawRow)}
      <Spacer height={virtualizer.getTotalSize() - last.end} />
    </>
  );
}

function drawRows(from: number, until: number, drawRow: (index: number) => ReactNode): readonly ReactNode[] {
  return Array.from({ length: until - from }, (_, offset) => drawRow(from + offset));
}

function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : <tr aria-hidden className="block" style={{ height }} />;
}
