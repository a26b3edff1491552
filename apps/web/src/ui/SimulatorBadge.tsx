/** Beside a connection whose other end is a simulator on this machine, not the broker that it is named after. */
export function SimulatorBadge() {
  return (
    <span className="rounded-sm border border-warn px-1.5 text-2xs font-semibold tracking-wide text-warn uppercase">
      Simulator
    </span>
  );
}
