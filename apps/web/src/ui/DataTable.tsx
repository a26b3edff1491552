/* oxlint-disable jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role --
   the frame scrolls, so the keyboard must reach it, and its rows answer to keys that bubble up to it. */
import { ArrowDown, ArrowUp } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { compareCells } from "./compareCells.ts";
import type { SortCell } from "./compareCells.ts";
import { DRAW_ALL_UP_TO } from "./drawAllUpTo.ts";

// Most tables are short; what draws long ones in parts is loaded with the first of them.
const VirtualRows = lazy(async () => ({ default: (await import("./VirtualRows.tsx")).VirtualRows }));

/** Elements of rows that are kept for when they are drawn again. */
const MOST_KEPT = 1_000;

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly align?: "left" | "right";
  /** Hidden on screens narrower than this. */
  readonly from?: "sm" | "md" | "lg" | "xl";
  /** How wide it is where rows are even, as a flex item: "grow basis-24". */
  readonly width?: string;
  /** What the column sorts by; absent where sorting makes no sense. Decimal strings sort as numbers. */
  readonly sortBy?: (row: Row) => SortCell;
  readonly cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  /** Names the table for those who cannot see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** A key pressed while the focus is in a row; true where it was used. */
  readonly onRowKey?: (key: string, row: Row) => boolean;
  /** The end of the list came near. */
  readonly onEndReached?: (() => void) | undefined;
  readonly rowClass?: (row: Row) => string;
  /** Height of the scrolling frame; the page scrolls where absent. */
  readonly frameClass?: string;
  /**
   * Every row of one height, every column of its `width`: what changes in a row is laid out and painted in that row
   * alone. For rows that change many times a second; others are as wide and as high as what they hold.
   */
  readonly isEven?: boolean;
}

const EVEN_TABLE = "block";
/** Two lines high where a row holds two, or is touched. */
const EVEN_ROW =
  "isolate flex h-(--row) items-center contain-layout contain-size contain-style pointer-coarse:h-14 max-sm:h-16";

const FROM = { sm: "max-sm:hidden", md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

/** A sortable table; rows outside the frame are not drawn once there are many. `j` and `k` move between rows. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  onRowKey,
  onEndReached,
  rowClass,
  frameClass = "",
  isEven = false,
}: DataTableProps<Row>) {
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const [sort, setSort] = useState<{ key: string; descending: boolean } | null>(null);
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.key === sort?.key)?.sortBy;
    if (sort === null || sortBy === undefined) return rows;
    const direction = sort.descending ? -1 : 1;
    return rows.toSorted((a, b) => direction * compareCells(sortBy(a), sortBy(b)));
  }, [rows, columns, sort]);
  // Once in parts, always in parts: drawing the rows anew would take the focus from them.
  const [inParts, setInParts] = useState(false);
  if (!inParts && (rows.length > DRAW_ALL_UP_TO || onEndReached !== undefined)) setInParts(true);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (event.target.matches("input, select, textarea")) return;
    const rowElement = event.target.closest("tr[data-key]");
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? rowElement?.nextElementSibling : rowElement?.previousElementSibling;
      next?.querySelector<HTMLElement>("a, button")?.focus();
      return;
    }
    const row = sorted.find((candidate) => rowKey(candidate) === rowElement?.getAttribute("data-key"));
    if (row !== undefined && onRowKey?.(event.key, row) === true) event.preventDefault();
  };

  // React passes over what is the same element: a row that is as it was costs nothing when another one changes.
  const drawn = useMemo(
    () => new Map<string, { readonly row: Row; readonly element: ReactElement }>(),
    // oxlint-disable-next-line react/exhaustive-deps -- another look of rows makes other elements of them.
    [columns, rowClass, isEven],
  );
  const drawRow = (row: Row): ReactElement => {
    const key = rowKey(row);
    const before = drawn.get(key);
    if (before?.row === row) return before.element;
    const element = elementOf(row);
    if (drawn.size >= MOST_KEPT) drawn.clear();
    drawn.set(key, { row, element });
    return element;
  };
  const elementOf = (row: Row): ReactElement => (
    <tr
      key={rowKey(row)}
      data-key={rowKey(row)}
      className={`border-t border-line focus-within:bg-raised hover:bg-raised ${isEven ? EVEN_ROW : ""} ${rowClass?.(row) ?? ""}`}
    >
      {columns.map((column) => (
        <td
          key={column.key}
          className={`px-2 sm:px-3 ${column.align === "right" ? "num text-right" : ""} ${placeOf(column, isEven)}`}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );

  return (
    <div
      ref={setFrame}
      role="group"
      aria-label={caption}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={`overflow-auto ${frameClass}`}
    >
      <table className={`w-full border-collapse ${isEven ? EVEN_TABLE : ""}`}>
        <caption className="sr-only">{caption}</caption>
        <thead className={`sticky top-0 z-10 bg-panel shadow-[inset_0_-1px_0_var(--line)] ${isEven ? EVEN_TABLE : ""}`}>
          <tr className={isEven ? "flex" : ""}>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} isEven={isEven} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody className={isEven ? EVEN_TABLE : ""}>
          {inParts ? (
            <Suspense fallback={sorted.slice(0, DRAW_ALL_UP_TO).map(drawRow)}>
              <VirtualRows
                count={sorted.length}
                frame={frame}
                drawRow={(index) => {
                  const row = sorted[index];
                  return row === undefined ? null : drawRow(row);
                }}
                onEndReached={onEndReached}
              />
            </Suspense>
          ) : (
            sorted.map(drawRow)
          )}
        </tbody>
      </table>
    </div>
  );
}

function placeOf<Row>({ align, from, width = "" }: Column<Row>, isEven: boolean): string {
  const even = `flex items-center ${align === "right" ? "justify-end" : ""} ${width}`;
  return `${isEven ? even : ""} ${from === undefined ? "" : FROM[from]}`;
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly isEven: boolean;
  readonly sort: { readonly key: string; readonly descending: boolean } | null;
  readonly onSort: (sort: { key: string; descending: boolean } | null) => void;
}

function HeaderCell<Row>({ column, isEven, sort, onSort }: HeaderCellProps<Row>) {
  const descending = sort?.key === column.key ? sort.descending : undefined;
  const place = `px-2 text-xs font-medium whitespace-nowrap text-muted sm:px-3 ${column.align === "right" ? "text-right" : "text-left"} ${placeOf(column, isEven)}`;
  if (column.sortBy === undefined) {
    return (
      <th scope="col" className={place}>
        {column.header}
      </th>
    );
  }
  const next =
    descending === undefined
      ? { key: column.key, descending: true }
      : descending
        ? { key: column.key, descending: false }
        : null;
  const Arrow = descending === true ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={descending === undefined ? "none" : descending ? "descending" : "ascending"}
      className={place}
    >
      <button
        type="button"
        onClick={() => onSort(next)}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
      >
        {column.header}
        {descending === undefined ? null : <Arrow aria-hidden size={12} />}
      </button>
    </th>
  );
}
