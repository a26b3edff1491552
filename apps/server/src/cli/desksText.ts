import type { DeskSession } from "@trenddojo/db";

/** Whether a desk runs, as far as it can be known where none listens here. @param desks null where nobody else has the store */
export function desksText(desks: readonly DeskSession[] | null): string {
  if (desks === null) return "No desk runs on these files.";
  if (desks.length > 0) return `No desk runs on these files. On this database runs ${listText(desks)}.`;
  return "No desk runs on these files, and none is seen on this database: one behind a connection pooler is not.";
}

/** Who cancels what is open, now that the switch is flipped. */
export function carriedOutText(desks: readonly DeskSession[]): string {
  if (desks.length === 0) return "No desk runs on these files: asking the brokers from here.";
  return `On this database runs ${listText(desks)}: it sends no order any more, and cancels what is open.`;
}

function listText(desks: readonly DeskSession[]): string {
  return desks.map(({ host, pid }) => `the desk of ${host} (process ${pid})`).join(" and ");
}
