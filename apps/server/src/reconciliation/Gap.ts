/** What kept the desk from hearing of something when it happened. Epoch milliseconds of our clock. */
export type Gap =
  | { readonly what: "desk_down" | "not_connected"; readonly from: number | null; readonly to: number }
  | { readonly what: "connection_down" | "update_failed" | "stream_down"; readonly from: number; readonly to: number };

/** Why two books came apart, in words; null: nothing was down, and still it was not told. */
export function causeOf(gap: Gap | null): string {
  if (gap === null) return "No update told of it, although nothing was down";
  const back = clockText(gap.to);
  switch (gap.what) {
    case "desk_down":
      return gap.from === null
        ? `From before the desk was started at ${back}`
        : `The desk was down: it last heard of the account at ${clockText(gap.from)} and was back at ${back}`;
    case "not_connected":
      return gap.from === null
        ? `From before the account was connected at ${back}`
        : `The account was not connected: last heard of at ${clockText(gap.from)}, and again at ${back}`;
    case "connection_down":
      return `The connection was down from ${clockText(gap.from)} to ${back}`;
    case "update_failed":
      return `An update could not be stored at ${clockText(gap.from)}; all was compared again at ${back}`;
    case "stream_down":
      return `The order stream was silent from ${clockText(gap.from)} to ${back}`;
  }
}

/** "2026-11-20 15:30:00 UTC" */
function clockText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
