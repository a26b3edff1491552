interface SkeletonProps {
  readonly name: string;
}

/** Grey lines while something loads; the words appear for those who cannot see them, at once. */
export function Skeleton({ name }: SkeletonProps) {
  return (
    <output className="flex flex-col gap-2 p-3">
      <span className="sr-only">Loading {name.toLowerCase()}…</span>
      {[72, 90, 64].map((width) => (
        <span key={width} className="h-3 animate-pulse rounded bg-raised" style={{ width: `${width}%` }} />
      ))}
    </output>
  );
}
