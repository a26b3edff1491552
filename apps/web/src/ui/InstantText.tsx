import { usePreferences } from "../lib/desk.ts";
import { formatInstant, ZONE_NAMES } from "../lib/timeText.ts";

interface InstantTextProps {
  readonly at: number | string;
  readonly parts?: "time" | "dateTime" | "date";
}

/** An instant on the clock that the person chose; the whole of it with its zone on hover. */
export function InstantText({ at, parts = "dateTime" }: InstantTextProps) {
  const [{ timeZone }] = usePreferences();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${formatInstant(at, timeZone)} ${ZONE_NAMES[timeZone]}`}
      className="num whitespace-nowrap"
    >
      {formatInstant(at, timeZone, parts)}
    </time>
  );
}
