interface SparklineProps {
  /** Oldest first; nothing is drawn for null. */
  readonly values: readonly (number | null)[];
  /** How many fill the whole width: a short history stands at the right. */
  readonly capacity: number;
}

const WIDTH = 120;
const HEIGHT = 28;

/** The course of a number, from nothing to its most. It says nothing that the text beside it does not: hidden from readers. */
export function Sparkline({ values, capacity }: SparklineProps) {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const step = WIDTH / Math.max(1, capacity - 1);
  const first = WIDTH - (values.length - 1) * step;
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const y = most === 0 ? HEIGHT - 1 : HEIGHT - 1 - (value / most) * (HEIGHT - 2);
    return [`${(first + index * step).toFixed(1)},${y.toFixed(1)}`];
  });
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-7 w-full border-b border-line text-accent"
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
