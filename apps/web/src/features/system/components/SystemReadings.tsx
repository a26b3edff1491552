import { AgeText } from "../../../ui/AgeText.tsx";
import { Sparkline } from "../../../ui/Sparkline.tsx";
import { useSystemMetrics } from "../api/getSystemMetrics.ts";
import { systemReadings } from "../model/systemReadings.ts";

/** The server keeps a minute of samples, one a second. */
const SAMPLES = 60;

/** What the desk does, each number with its last minute and what it means. */
export function SystemReadings() {
  const { samples } = useSystemMetrics();
  const newest = samples.at(-1);
  if (newest === undefined) return <p className="p-4 text-muted">The first second is being measured.</p>;
  return (
    <>
      <p className="px-4 pt-3 text-xs text-muted">
        Measured <AgeText since={newest.at} />; the lines show the last minute, from zero to their highest.
      </p>
      <dl className="grid gap-px sm:grid-cols-2 xl:grid-cols-3">
        {systemReadings(samples).map(({ key, label, meaning, values, now, most }) => (
          <div key={key} className="flex min-w-0 flex-col gap-1 px-4 py-3">
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="num text-lg leading-6 font-semibold">{now}</dd>
            <dd>
              <Sparkline values={values} capacity={SAMPLES} />
            </dd>
            <dd className="text-xs text-muted">
              <span className="num">Highest {most}.</span> {meaning}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
